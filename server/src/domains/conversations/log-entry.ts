import type { Occurrence } from "@grata/contract/entries";
import type { Conversation } from "../../foundation/schema/conversations.ts";
import { entries } from "../../foundation/schema/conversations.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";
import type { Change } from "./changes.ts";
import type { Author, Entry } from "./entry.ts";

/** The entry that records what the transaction at hand does to a conversation that it has locked. */
export function nextEntry(
  conversation: Pick<Conversation, "head">,
  occurrence: Occurrence,
  author: Author,
  at: Date,
): Entry {
  return {
    seq: conversation.head + 1,
    author,
    audience: "everybody",
    occurrence,
    delivery: "none",
    clientId: null,
    at,
  };
}

type Place = Pick<Conversation, "organisationId" | "id">;

/** Stores an entry made by `nextEntry`. The caller moves the conversation's head in the same transaction. */
export function insertEntry(transaction: Transaction, conversation: Place, entry: Entry): Promise<void> {
  return insertEntries(transaction, [{ conversation, entry }]);
}

/** The same for several conversations, in one statement. */
export async function insertEntries(
  transaction: Transaction,
  rows: { conversation: Place; entry: Entry }[],
): Promise<void> {
  await transaction.insert(entries).values(
    rows.map(({ conversation, entry }) => ({
      organisationId: conversation.organisationId,
      conversationId: conversation.id,
      seq: entry.seq,
      authorKind: entry.author.kind,
      userId: entry.author.userId,
      authorName: entry.author.name,
      audience: entry.audience,
      occurrence: entry.occurrence,
      delivery: entry.delivery,
      clientId: entry.clientId,
      at: entry.at,
    })),
  );
}

type Hearers = { userId: string } | { queueId: string } | null;

/**
 * The change that tells everyone who may see the conversation of its new entries: the customer, and of the team whoever
 * serves it unless others are named.
 */
export function entriesChange(
  conversation: Pick<Conversation, "organisationId" | "id" | "customerId" | "claimedBy">,
  newEntries: Entry[],
  team: Hearers = conversation.claimedBy === null ? null : { userId: conversation.claimedBy },
): Change {
  const { organisationId, id: conversationId, customerId } = conversation;
  return {
    kind: "entries",
    organisationId,
    conversationId,
    customerId,
    team,
    entries: newEntries,
    knownTo: null,
  };
}
