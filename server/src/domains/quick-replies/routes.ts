import type { ImportOutcome } from "@grata/contract/quick-replies";
import * as routes from "@grata/contract/routes/quick-replies";
import type { FastifyRequest } from "fastify";
import { askerOf, principalOf } from "../../foundation/http/asker.ts";
import type { Context } from "../../foundation/http/context.ts";
import { handle, type TypedApp } from "../../foundation/http/routes.ts";
import { presentFailure } from "../../foundation/refusal/failure.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { changeQuickReply } from "./change.ts";
import { chooseQuickReplies } from "./choose.ts";
import { createQuickReply } from "./create.ts";
import { deleteQuickReplies } from "./delete.ts";
import { exportQuickReplies } from "./export.ts";
import { importQuickReplies } from "./import.ts";
import { listQuickReplies } from "./list.ts";
import type { Scope } from "./lists.ts";

/** The routes of the two lists, which do the same. */
const listsOf = {
  organisation: {
    list: routes.listQuickReplies,
    create: routes.createQuickReply,
    change: routes.changeQuickReply,
    remove: routes.deleteQuickReplies,
    take: routes.importQuickReplies,
    give: routes.exportQuickReplies,
  },
  own: {
    list: routes.listOwnQuickReplies,
    create: routes.createOwnQuickReply,
    change: routes.changeOwnQuickReply,
    remove: routes.deleteOwnQuickReplies,
    take: routes.importOwnQuickReplies,
    give: routes.exportOwnQuickReplies,
  },
} as const;

/** Quick replies: the organisation's, for admins; everyone's own; and what the composer offers. */
export async function quickReplyRoutes(app: TypedApp, services: Context) {
  listRoutes(app, services, "organisation");
  listRoutes(app, services, "own");
  handle(app, routes.chooseQuickReplies, (request) =>
    chooseQuickReplies(services.storage, principalOf(request), request.query),
  );
}

/** What is done to a list by whoever may change it. */
function listRoutes(app: TypedApp, services: Context, scope: Scope): void {
  const { storage } = services;
  const { list, create, change, remove, take, give } = listsOf[scope];
  const asker = (request: FastifyRequest) => askerOf(request, services);

  handle(app, list, (request) => listQuickReplies(storage, asker(request), scope, request.query));
  handle(app, create, (request) => createQuickReply(storage, asker(request), scope, request.body));
  handle(app, change, (request) =>
    changeQuickReply(storage, asker(request), scope, request.params.quickReplyId, request.body),
  );
  handle(app, remove, (request) => deleteQuickReplies(storage, asker(request), scope, request.body.ids));
  handle(app, take, async (request) => {
    const outcomes = await importQuickReplies(storage, asker(request), scope, request.body);
    return { lines: outcomes.map((outcome) => presentOutcome(outcome, request)) };
  });
  handle(app, give, async (request, reply) => {
    const file = await exportQuickReplies(storage, asker(request), scope);
    return reply
      .header("content-type", "text/csv; charset=utf-8")
      .header("content-disposition", 'attachment; filename="quick-replies.csv"')
      .send(file);
  });
}

function presentOutcome(
  outcome: Exclude<ImportOutcome["outcome"], "refused"> | Refusal,
  request: FastifyRequest,
): ImportOutcome {
  if (!(outcome instanceof Refusal)) return { outcome };
  const language = request.signedIn?.principal.language ?? request.readerLanguage;
  const { code, message, fields = {} } = presentFailure(outcome, language);
  const sentences = [...new Set(Object.values(fields).map((field) => field.message))];
  return { outcome: "refused", code, message: sentences.length > 0 ? sentences.join(" ") : message };
}
