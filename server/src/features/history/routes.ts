import {
  historyChat,
  historyChoices,
  historyConversationParameters,
  historyPage,
  historyQuery,
  hitsPage,
  searchQuery,
} from "@grata/contract/history";
import { askerOf } from "../../foundation/http/asker.ts";
import type { Context } from "../../foundation/http/context.ts";
import { identify } from "../../foundation/http/identify.ts";
import type { TypedApp } from "../../foundation/http/routes.ts";
import { listHistory } from "./list.ts";
import { readHistoryChat } from "./read-chat.ts";
import { readHistoryChoices } from "./read-choices.ts";
import { searchMessages } from "./search.ts";

/** What was said before: to everybody of the team what they may read. */
export async function historyRoutes(app: TypedApp, services: Context) {
  const { storage } = services;
  const readers = { config: { permission: "history.read" }, preHandler: identify(services) } as const;
  app.get(
    "/api/history/conversations",
    { ...readers, schema: { querystring: historyQuery, response: { 200: historyPage } } },
    (request) => listHistory(storage, askerOf(request, services), request.query),
  );
  app.get(
    "/api/history/messages",
    { ...readers, schema: { querystring: searchQuery, response: { 200: hitsPage } } },
    (request) => searchMessages(storage, askerOf(request, services), request.query),
  );
  app.get(
    "/api/history/conversations/:conversationId",
    { ...readers, schema: { params: historyConversationParameters, response: { 200: historyChat } } },
    (request) => readHistoryChat(storage, askerOf(request, services), request.params.conversationId),
  );
  app.get("/api/history/choices", { ...readers, schema: { response: { 200: historyChoices } } }, (request) =>
    readHistoryChoices(storage, askerOf(request, services)),
  );
}
