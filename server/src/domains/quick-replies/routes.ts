import {
  choices,
  choicesQuery,
  deletedQuickReplies,
  deleteQuickRepliesBody,
  type ImportOutcome,
  importQuickRepliesBody,
  importReport,
  quickRepliesPage,
  quickRepliesQuery,
  quickReply,
  quickReplyParameters,
  writtenQuickReply,
} from "@grata/contract/quick-replies";
import type { FastifyRequest } from "fastify";
import { askerOf, principalOf } from "../../foundation/http/asker.ts";
import type { Context } from "../../foundation/http/context.ts";
import { identify } from "../../foundation/http/identify.ts";
import type { TypedApp } from "../../foundation/http/routes.ts";
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

/** Quick replies: the organisation's, for admins; everyone's own; and what the composer offers. */
export async function quickReplyRoutes(app: TypedApp, services: Context) {
  listRoutes(app, services, "organisation", "/api/quick-replies");
  listRoutes(app, services, "own", "/api/own-quick-replies");

  app.get(
    "/api/quick-replies/choices",
    {
      config: { permission: "quickReplies.use" },
      preHandler: identify(services),
      schema: { querystring: choicesQuery, response: { 200: choices } },
    },
    (request) => chooseQuickReplies(services.storage, principalOf(request), request.query),
  );
}

/** What is done to a list by whoever may change it. */
function listRoutes(app: TypedApp, services: Context, scope: Scope, path: string): void {
  const { storage } = services;
  const permission = scope === "own" ? "quickReplies.own" : "quickReplies.manage";
  const writers = { config: { permission }, preHandler: identify(services) } as const;
  const asker = (request: FastifyRequest) => askerOf(request, services);

  app.get(
    path,
    { ...writers, schema: { querystring: quickRepliesQuery, response: { 200: quickRepliesPage } } },
    (request) => listQuickReplies(storage, asker(request), scope, request.query),
  );
  app.post(
    path,
    { ...writers, schema: { body: writtenQuickReply, response: { 200: quickReply } } },
    (request) => createQuickReply(storage, asker(request), scope, request.body),
  );
  app.put(
    `${path}/:quickReplyId`,
    {
      ...writers,
      schema: { params: quickReplyParameters, body: writtenQuickReply, response: { 200: quickReply } },
    },
    (request) => changeQuickReply(storage, asker(request), scope, request.params.quickReplyId, request.body),
  );
  app.post(
    `${path}/delete`,
    { ...writers, schema: { body: deleteQuickRepliesBody, response: { 200: deletedQuickReplies } } },
    (request) => deleteQuickReplies(storage, asker(request), scope, request.body.ids),
  );
  app.post(
    `${path}/import`,
    { ...writers, schema: { body: importQuickRepliesBody, response: { 200: importReport } } },
    async (request) => {
      const outcomes = await importQuickReplies(storage, asker(request), scope, request.body);
      return { lines: outcomes.map((outcome) => presentOutcome(outcome, request)) };
    },
  );
  app.get(`${path}/export`, writers, async (request, reply) => {
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
