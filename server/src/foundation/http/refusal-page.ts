import { errors, type ToldFailure } from "@grata/contract/errors";
import type { Language } from "@grata/contract/languages";
import type { FastifyReply, FastifyRequest } from "fastify";
import { sentenceOf } from "../refusal/sentences.ts";
import { sendPage } from "./page.ts";

/** Whether a person looks at the answer: browsers ask for HTML when somebody opens an address, scripts do not. */
export function isOpenedByPerson({ method, url, headers }: FastifyRequest): boolean {
  return method === "GET" && !url.startsWith("/api/") && (headers.accept ?? "").includes("text/html");
}

/** Sends a refusal as a page that somebody can read and leave again, in their language. */
export function sendRefusalPage(
  reply: FastifyReply,
  failure: ToldFailure,
  language: Language,
): Promise<FastifyReply> {
  // All that a person can have got wrong by opening an address is the address.
  const code = failure.code === "request_invalid" ? "route_unknown" : failure.code;
  const { status } = errors[code];
  return sendPage(reply.code(status), {
    file: `console/dist/refusal.${language}.html`,
    frameAncestors: "'none'",
    replace: { __STATUS__: String(status), __SENTENCE__: sentenceOf(code, language) },
  });
}
