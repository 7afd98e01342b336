import * as routes from "@grata/contract/routes/tags-and-fields";
import type { FastifyRequest } from "fastify";
import { askerOf } from "../../../foundation/http/asker.ts";
import type { Context } from "../../../foundation/http/context.ts";
import { handle, type TypedApp } from "../../../foundation/http/routes.ts";
import type { Publishing } from "../../conversations/changes.ts";
import type { Listed } from "../listed.ts";
import { changeField } from "./change.ts";
import { createField } from "./create.ts";
import { deleteField } from "./delete.ts";
import { listFields } from "./list.ts";

/** What an organisation wants to know of its customers: everybody of the team fills it in, admins say what it is. */
export async function fieldRoutes(app: TypedApp, services: Context & Publishing) {
  const { storage, publish } = services;
  const asker = (request: FastifyRequest) => askerOf(request, services);
  const tell = <List>({ list, changes }: Listed<List>): List => {
    publish(changes);
    return list;
  };

  handle(app, routes.listFields, (request) => listFields(storage, asker(request)));
  handle(app, routes.createField, async (request) =>
    tell(await createField(storage, asker(request), request.body)),
  );
  handle(app, routes.changeField, async (request) =>
    tell(await changeField(storage, asker(request), request.params.fieldId, request.body)),
  );
  handle(app, routes.deleteField, async (request) =>
    tell(await deleteField(storage, asker(request), request.params.fieldId)),
  );
}
