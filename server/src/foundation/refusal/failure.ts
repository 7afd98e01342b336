import { type ErrorCode, errorCodes, type ToldFailure } from "@grata/contract/errors";
import type { Language } from "@grata/contract/languages";
import { Refusal } from "./refusal.ts";
import { sentenceOf } from "./sentences.ts";

/** What a client is told of an error, in their language. Whatever is not a Refusal says `internal` and no more. */
export function presentFailure(error: unknown, language: Language): ToldFailure {
  if (!(error instanceof Refusal)) return { code: "internal", message: sentenceOf("internal", language) };
  const fields = Object.entries(error.fields ?? {});
  return {
    code: error.code,
    message: sentenceOf(error.code, language),
    ...(fields.length > 0 && {
      fields: Object.fromEntries(
        fields.map(([field, code]) => [field, { code, message: sentenceOf(code, language) }]),
      ),
    }),
    ...(error.retryAfter !== undefined && { retryAfter: error.retryAfter }),
  };
}

type Issue = { path?: readonly PropertyKey[] | undefined; message: string };

/** Turns what a schema found into a refusal. A schema's message is an error code; other messages are its own. */
export function refusalOfIssues(issues: readonly Issue[]): Refusal {
  const fields: Record<string, ErrorCode> = {};
  for (const issue of issues) {
    const field = String(issue.path?.[0] ?? "");
    if (field !== "") fields[field] ??= codeOf(issue.message);
  }
  const codes = new Set(Object.values(fields));
  const [only] = codes;
  return new Refusal(codes.size === 1 && only ? only : "request_invalid", { fields });
}

function codeOf(message: string): ErrorCode {
  return errorCodes.find((code) => code === message) ?? "request_invalid";
}
