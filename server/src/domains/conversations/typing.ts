import type { ConversationSubject } from "../../foundation/access/permissions.ts";
import type { Principal } from "../../foundation/access/principal.ts";
import { requireAccess, requirePerson } from "../../foundation/access/require-access.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import type { Change } from "./changes.ts";
import { findConversation } from "./find.ts";

/** For so long a key press does not ask the database again who is in the conversation. */
const rememberedMilliseconds = 3_000;
/** A writer is told of at most this often; a client that says it more often is not heard. */
const pauseMilliseconds = 1_000;
const rememberedAtMost = 10_000;

type Remembered = { subject: ConversationSubject; until: number };
/** What was told last, and when somebody was last said to be writing. */
type Told = { typing: boolean; at: number };

/**
 * Tells the other party of a conversation that somebody writes. Who that is comes from memory for three seconds: a
 * transfer in between costs the former agent at most one "is typing".
 */
export function createTyping(storage: Storage, now: () => number = Date.now) {
  const remembered = new Map<string, Remembered>();
  const told = new Map<string, Told>();

  async function subjectOf(organisationId: string, conversationId: string): Promise<ConversationSubject> {
    const key = `${organisationId} ${conversationId}`;
    const known = remembered.get(key);
    if (known && known.until > now()) return known.subject;
    const subject = await storage.inOrganisation(organisationId, (transaction) =>
      findConversation(transaction, organisationId, conversationId),
    );
    keep(remembered, key, { subject, until: now() + rememberedMilliseconds });
    return subject;
  }

  return async (
    principal: Principal,
    input: { conversationId: string; typing: boolean },
  ): Promise<Change[]> => {
    const person = requirePerson(principal);
    const { conversationId, typing } = input;
    const subject = await subjectOf(person.organisationId, conversationId);
    requireAccess(person, "conversation.typing", subject);
    const by = person.kind === "user" ? "user" : "customer";
    const key = `${conversationId} ${by}`;
    const last = told.get(key);
    if (typing ? last && now() - last.at < pauseMilliseconds : !last?.typing) return [];
    keep(told, key, { typing, at: typing ? now() : (last?.at ?? 0) });
    if (by === "user") {
      return [{ kind: "typing", conversationId, by, typing, to: { customerId: subject.customerId } }];
    }
    // While nobody serves it nobody is the other party.
    if (subject.claimedBy === null) return [];
    return [{ kind: "typing", conversationId, by, typing, to: { userId: subject.claimedBy } }];
  };
}

/** Puts a value last, and forgets the oldest when there are too many. */
function keep<Value>(values: Map<string, Value>, key: string, value: Value): void {
  values.delete(key);
  values.set(key, value);
  const [oldest] = values.keys();
  if (values.size > rememberedAtMost && oldest !== undefined) values.delete(oldest);
}
