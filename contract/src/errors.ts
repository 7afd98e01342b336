import * as z from "zod/mini";
import { codeShape, type ErrorCode, errorCodes } from "./error-codes.ts";
import { orOther } from "./other.ts";

export { type ErrorCode, errorCodes, errors } from "./error-codes.ts";

/** What a client gets instead of a result. `message` is a sentence in the reader's language. */
export const failure = z.object({
  /** "other": one that this client does not know. */
  code: z.pipe(
    z.custom<ErrorCode | "other">((code) => typeof code === "string" && codeShape.test(code)),
    orOther(errorCodes),
  ),
  message: z.string(),
  /** The fields of a form that are wrong, by name. */
  fields: z.optional(z.record(z.string(), z.object({ code: z.string(), message: z.string() }))),
  /** Seconds to wait before the same request is sent again. */
  retryAfter: z.optional(z.number()),
});

/** A failure as a client reads it, and as the server tells it. */
export type Failure = z.infer<typeof failure>;
export type ToldFailure = Failure & { code: ErrorCode };

/** The body of every HTTP answer that is not a success. */
export const failureBody = z.object({ error: failure });
