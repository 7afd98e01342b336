import * as routes from "@grata/contract/routes/tags-and-fields";
import type { FastifyRequest } from "fastify";
import { askerOf } from "../../../foundation/http/asker.ts";
import type { Context } from "../../../foundation/http/context.ts";
import { handle, type TypedApp } from "../../../foundation/http/routes.ts";
import type { Publishing } from "../../conversations/changes.ts";
import type { Listed } from "../listed.ts";
import { deleteTag } from "./delete.ts";
import { listTags } from "./list.ts";
import { mergeTags } from "./merge.ts";
import { renameTag } from "./rename.ts";

/** The organisation's tags: everybody of the team uses them, admins keep them in order. */
export async function tagRoutes(app: TypedApp, services: Context & Publishing) {
  const { storage, publish } = services;
  const asker = (request: FastifyRequest) => askerOf(request, services);
  const tell = <List>({ list, changes }: Listed<List>): List => {
    publish(changes);
    return list;
  };

  handle(app, routes.listTags, (request) => listTags(storage, asker(request)));
  handle(app, routes.renameTag, async (request) =>
    tell(await renameTag(storage, asker(request), request.params.tagId, request.body)),
  );
  handle(app, routes.mergeTags, async (request) =>
    tell(await mergeTags(storage, asker(request), request.params.tagId, request.body)),
  );
  handle(app, routes.deleteTag, async (request) =>
    tell(await deleteTag(storage, asker(request), request.params.tagId)),
  );
}
