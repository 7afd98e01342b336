import {
  absentChatsPage,
  absentChatsQuery,
  putBackAnswer,
  putBackRequest,
} from "@grata/contract/absent-chats";
import { askerOf } from "../../../foundation/http/asker.ts";
import type { Context } from "../../../foundation/http/context.ts";
import { identify } from "../../../foundation/http/identify.ts";
import type { TypedApp } from "../../../foundation/http/routes.ts";
import type { Publishing } from "../changes.ts";
import { listAbsentChats } from "./list.ts";
import { putBackByAdmin } from "./put-back.ts";

/** The chats of agents who are gone, for admins. */
export async function absentChatRoutes(app: TypedApp, services: Context & Publishing) {
  const { storage, publish } = services;
  const admins = { config: { permission: "absentChats.manage" }, preHandler: identify(services) } as const;

  app.get(
    "/api/absent-chats",
    { ...admins, schema: { querystring: absentChatsQuery, response: { 200: absentChatsPage } } },
    (request) => listAbsentChats(storage, askerOf(request, services), request.query),
  );
  app.post(
    "/api/absent-chats/put-back",
    { ...admins, schema: { body: putBackRequest, response: { 200: putBackAnswer } } },
    async (request) => {
      const { released, changes } = await putBackByAdmin(storage, askerOf(request, services), request.body);
      publish(changes);
      return { released };
    },
  );
}
