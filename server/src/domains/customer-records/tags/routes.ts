import { tagBody, tagList, tagMerge, tagParameters } from "@grata/contract/customers";
import type { FastifyRequest } from "fastify";
import { askerOf } from "../../../foundation/http/asker.ts";
import type { Context } from "../../../foundation/http/context.ts";
import { identify } from "../../../foundation/http/identify.ts";
import type { TypedApp } from "../../../foundation/http/routes.ts";
import type { Publishing } from "../../conversations/changes.ts";
import type { Listed } from "../listed.ts";
import { deleteTag } from "./delete.ts";
import { listTags } from "./list.ts";
import { mergeTags } from "./merge.ts";
import { renameTag } from "./rename.ts";

const path = "/api/tags/:tagId";

/** The organisation's tags: everybody of the team uses them, admins keep them in order. */
export async function tagRoutes(app: TypedApp, services: Context & Publishing) {
  const { storage, publish } = services;
  const preHandler = identify(services);
  const admins = { config: { permission: "tags.manage" }, preHandler } as const;
  const answer = { 200: tagList };
  const asker = (request: FastifyRequest) => askerOf(request, services);
  const tell = <List>({ list, changes }: Listed<List>): List => {
    publish(changes);
    return list;
  };

  app.get(
    "/api/tags",
    { config: { permission: "tags.list" }, preHandler, schema: { response: answer } },
    (request) => listTags(storage, asker(request)),
  );
  app.patch(
    path,
    { ...admins, schema: { params: tagParameters, body: tagBody, response: answer } },
    async (request) => tell(await renameTag(storage, asker(request), request.params.tagId, request.body)),
  );
  app.post(
    `${path}/merge`,
    { ...admins, schema: { params: tagParameters, body: tagMerge, response: answer } },
    async (request) => tell(await mergeTags(storage, asker(request), request.params.tagId, request.body)),
  );
  app.delete(path, { ...admins, schema: { params: tagParameters, response: answer } }, async (request) =>
    tell(await deleteTag(storage, asker(request), request.params.tagId)),
  );
}
