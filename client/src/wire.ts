/** Reads what arrives by the contract's schemas: the server may be newer than this client, or not be ours at all. */
import { type Failure, failure } from "@grata/contract/errors";
import { type News, news, type RequestOutput, type RequestType, requests } from "@grata/contract/realtime";
import * as z from "zod/mini";
import { ConnectionLost, RequestFailed } from "./failures.ts";

// zod compiles validators with `new Function` where it may, and our content security policy forbids that: without
// this, each page load would report a violation.
z.config({ jitless: true });

const answer = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: failure }),
]);

/** The value of an answer. Throws `RequestFailed` for a failure, `ConnectionLost` for what is no answer. */
export function readAnswer<Type extends RequestType>(type: Type, received: unknown): RequestOutput<Type> {
  const read = answer.safeParse(received);
  if (!read.success) {
    throw new ConnectionLost("answer_invalid");
  }
  if (!read.data.ok) {
    throw new RequestFailed(read.data.error);
  }
  const value = requests[type].output.safeParse(read.data.value);
  if (!value.success) {
    throw new ConnectionLost("answer_invalid");
  }
  // The compiler cannot see that the schema found by `type` yields the output of `type`.
  return value.data as RequestOutput<Type>;
}

/** Undefined for news that this client does not know. */
export function readNews(received: unknown): News | undefined {
  return news.safeParse(received).data;
}

/** Undefined for an error that is not one of ours, such as a network that is down. */
export function readFailure(received: unknown): Failure | undefined {
  return failure.safeParse(received).data;
}
