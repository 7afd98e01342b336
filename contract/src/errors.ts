import * as z from "zod/mini";
import { type ErrorCode, errorCodes } from "./error-codes.ts";

export { type ErrorCode, errorCodes, errors } from "./error-codes.ts";

/** What a client gets instead of a result. `message` is a sentence in the reader's language. */
export const failure = z.object({
  code: z.enum(errorCodes as [ErrorCode, ...ErrorCode[]]),
  message: z.string(),
  /** The fields of a form that are wrong, by name. */
  fields: z.optional(z.record(z.string(), z.object({ code: z.string(), message: z.string() }))),
  /** Seconds to wait before the same request is sent again. */
  retryAfter: z.optional(z.number()),
});

export type Failure = z.infer<typeof failure>;

/** The body of every HTTP answer that is not a success. */
export const failureBody = z.object({ error: failure });
