/**
 * Reads what a visitor's connection receives, without the schemas, for which the chat window has no room. A test holds
 * these guards against the contract, message by message.
 */

import type { CustomerEntry } from "@grata/contract/entries";
import { codeShape, errorCodes } from "@grata/contract/error-codes";
import type { Failure } from "@grata/contract/errors";
import { endReasons } from "@grata/contract/protocol";
import type { News, RequestOutput, RequestType } from "@grata/contract/realtime";
import { ConnectionLost, RequestFailed } from "../failures.ts";
import {
  array,
  boolean,
  either,
  type Guard,
  guard,
  int,
  nullable,
  number,
  object,
  oneOf,
  optional,
  record,
  seq,
  string,
  uuid,
} from "../guards.ts";

/** Also with a code that we do not know, which is read as "other". */
export const isFailure = object({
  code: guard<string>((code) => typeof code === "string" && codeShape.test(code)),
  message: string,
  fields: optional(record(object({ code: string, message: string }))),
  retryAfter: optional(number),
});

const facts = { id: uuid, name: string, mediaType: string, bytes: int };
/** The file of a message. */
export const isAttachment = either(
  object({ kind: oneOf(["image"]), ...facts, width: int, height: int }),
  object({ kind: oneOf(["voice"]), ...facts, milliseconds: int, waveform: array(int) }),
  object({ kind: oneOf(["file"]), ...facts }),
);

const isOccurrence = either(
  object({ kind: oneOf(["message"]), text: string, file: optional(isAttachment) }),
  object({ kind: oneOf(["claimed", "closed", "erased", "cleared", "other"]) }),
  object({ kind: oneOf(["hidden"]), queued: optional(boolean) }),
);

/** Whatever happened: what we do not know is read as "other". */
const entry = object({
  seq,
  author: object({
    kind: oneOf(["customer", "user", "bot", "system"]),
    name: nullable(string),
    names: optional(array(object({ language: optional(string), name: string, line: optional(string) }))),
    avatar: optional(string),
  }),
  clientId: nullable(uuid),
  at: int,
});

const conversation = object({
  id: uuid,
  status: oneOf(["waiting", "claimed", "closed"]),
  head: seq,
  read: seq,
});

const page = object({ head: seq, entries: array(entry) });

/** The answers that a visitor may get. */
export const answers: { [Type in RequestType]?: Guard<unknown> } = {
  "conversation.mine": object({
    conversation: nullable(conversation),
    earlier: array(conversation),
    staffed: boolean,
    served: optional(boolean),
    reachable: boolean,
  }),
  "conversation.open": object({ conversation, entry }),
  "conversation.read": object({}),
  "conversation.typing": object({}),
  "message.send": object({ seq, at: int, entry: optional(entry) }),
  "entries.after": page,
  "entries.before": page,
};

/** The news that a visitor may hear; the team's are not for us. */
export const isVisitorNews = either(
  object({ type: oneOf(["welcome"]), now: int }),
  object({ type: oneOf(["entries"]), conversationId: uuid, entries: array(entry) }),
  object({ type: oneOf(["heads"]), heads: array(object({ conversationId: uuid, head: seq })) }),
  object({
    type: oneOf(["typing"]),
    conversationId: uuid,
    by: oneOf(["customer", "user"]),
    typing: boolean,
  }),
  object({ type: oneOf(["standing"]), staffed: boolean, served: optional(boolean) }),
  object({ type: oneOf(["session.ended"]), reason: oneOf(endReasons) }),
);

const isYes = object({ ok: oneOf([true]) });
const isNo = object({ ok: oneOf([false]), error: isFailure });

const isCode = oneOf(errorCodes);

/** The same, with "other" in the place of what a newer server says that we do not know: each entry keeps its number. */
function known(received: object): unknown {
  const { entry, entries } = received as { entry?: CustomerEntry; entries?: CustomerEntry[] };
  const read = (one: CustomerEntry): CustomerEntry =>
    isOccurrence(one.occurrence) ? one : { ...one, occurrence: { kind: "other" } };
  return {
    ...received,
    ...(entry && { entry: read(entry) }),
    ...(entries && { entries: entries.map(read) }),
  };
}

/** The value of an answer. Throws `RequestFailed` for a failure, `ConnectionLost` for what is no answer. */
export function readAnswer<Type extends RequestType>(type: Type, received: unknown): RequestOutput<Type> {
  const failure = isNo(received) && readFailure(received.error);
  if (failure) {
    throw new RequestFailed(failure);
  }
  const value: unknown = isYes(received) ? Reflect.get(received, "value") : undefined;
  if (!answers[type]?.(value)) {
    throw new ConnectionLost("answer_invalid");
  }
  // The compiler cannot see that the guard found by `type` lets through the output of `type`.
  return known(value as object) as RequestOutput<Type>;
}

/** Undefined for news that a visitor does not know. */
export function readNews(received: unknown): News | undefined {
  return isVisitorNews(received) ? (known(received) as News) : undefined;
}

/** Undefined for an error that is not one of ours, such as a network that is down. */
export function readFailure(received: unknown): Failure | undefined {
  if (!isFailure(received)) {
    return undefined;
  }
  return { ...received, code: isCode(received.code) ? received.code : "other" } as Failure;
}
