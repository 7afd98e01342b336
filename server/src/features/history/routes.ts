import * as routes from "@grata/contract/routes/history";
import { askerOf } from "../../foundation/http/asker.ts";
import type { Context } from "../../foundation/http/context.ts";
import { handle, type TypedApp } from "../../foundation/http/routes.ts";
import { listHistory } from "./list.ts";
import { readHistoryChat } from "./read-chat.ts";
import { readHistoryChoices } from "./read-choices.ts";
import { searchMessages } from "./search.ts";

/** What was said before: to everybody of the team what they may read. */
export async function historyRoutes(app: TypedApp, services: Context) {
  const { storage } = services;
  handle(app, routes.listHistory, (request) =>
    listHistory(storage, askerOf(request, services), request.query),
  );
  handle(app, routes.searchMessages, (request) =>
    searchMessages(storage, askerOf(request, services), request.query),
  );
  handle(app, routes.readHistoryChat, (request) =>
    readHistoryChat(storage, askerOf(request, services), request.params.conversationId),
  );
  handle(app, routes.readHistoryChoices, (request) =>
    readHistoryChoices(storage, askerOf(request, services)),
  );
}
