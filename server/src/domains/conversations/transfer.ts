import type { Destination } from "@grata/contract/entries";
import type { RequestInput } from "@grata/contract/realtime";
import type { ShownAs } from "@grata/contract/shown-as";
import { and, eq, sql } from "drizzle-orm";
import type { Principal, User } from "../../foundation/access/principal.ts";
import { requireAccess, requireUser } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { type Conversation, conversations } from "../../foundation/schema/conversations.ts";
import { userGroups } from "../../foundation/schema/user-groups.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { requireActive } from "../accounts/require-active.ts";
import type { Change } from "./changes.ts";
import { authorOf, type Entry } from "./entry.ts";
import { lockConversation } from "./find.ts";
import { moveLines } from "./lists/move.ts";
import { entriesChange, insertEntries, nextEntry } from "./log-entry.ts";
import { requireReceiver } from "./receiver.ts";
import { type CapabilitiesOf, seenIn } from "./seen-as.ts";

type Input = RequestInput<"conversation.transfer">;
type Place = Pick<Conversation, "status" | "claimedBy" | "queueId">;

/**
 * Hands a chat that the user serves to a colleague, a group, or back to everybody, with a note if there is one. A
 * colleague gets it at once; elsewhere it waits since the customer's first word without a reply. Throws
 * `transfer_target_away` for who is away or paused, unless `anyway`, and `transfer_target_outside` for who is not in
 * the chat's group.
 */
export function transfer(
  storage: Storage,
  principal: Principal,
  input: Input,
  capabilitiesOf: CapabilitiesOf,
): Promise<Change[]> {
  const user = requireUser(principal, "current.list");
  const { organisationId, userId } = user;
  return storage.inOrganisation(organisationId, async (transaction) => {
    await requireActive(transaction, user);
    const before = await lockConversation(transaction, organisationId, input.conversationId);
    requireAccess(user, "conversation.transfer", before);
    if (input.to.kind === "user" && input.to.userId === userId) return [];
    const { to, receiver } = await findDestination(transaction, before, input);
    const as = receiver && (await seenIn(transaction, receiver, before, capabilitiesOf));
    return hand(transaction, user, before, { to, as, note: input.note });
  });
}

/** Where the chat goes, held until the transaction ends. */
async function findDestination(
  transaction: Transaction,
  conversation: Conversation,
  { to, anyway = false }: Input,
): Promise<{ to: Destination; receiver?: Pick<User, "identities"> }> {
  switch (to.kind) {
    case "everybody":
      return { to };
    case "group": {
      const { organisationId } = conversation;
      const [group] = await transaction
        .select({ name: userGroups.name })
        .from(userGroups)
        .where(and(eq(userGroups.organisationId, organisationId), eq(userGroups.id, to.groupId)))
        .for("key share");
      if (!group) throw new Refusal("group_unknown");
      return { to: { ...to, name: group.name } };
    }
    case "user": {
      const receiver = await requireReceiver(transaction, conversation, to.userId, { anyway });
      return { to: { ...to, name: receiver.name }, receiver };
    }
  }
}

/** Where a chat goes, as whom the customer sees whoever gets it, and a note for them. */
type Handing = { to: Destination; as?: ShownAs | undefined; note?: string | undefined };

/** Moves the locked chat, and writes down who did it. The last statements of the transaction: the lists stay locked. */
export async function hand(
  transaction: Transaction,
  by: Pick<User, "userId" | "name">,
  before: Conversation,
  { to, as, note }: Handing,
): Promise<Change[]> {
  const { organisationId, id } = before;
  const place = placeAt(before, to);
  const steps = note === undefined ? 1 : 2;
  const [moved] = await transaction
    .update(conversations)
    .set({
      ...place,
      head: before.head + steps,
      ...(to.kind === "user"
        ? { claimedAt: sql`statement_timestamp()` }
        : {
            claimedAt: null,
            waitingSince: sql`COALESCE(${conversations.unansweredSince}, statement_timestamp())`,
          }),
    })
    .where(and(eq(conversations.organisationId, organisationId), eq(conversations.id, id)))
    .returning({ at: sql<Date>`statement_timestamp()`.mapWith(conversations.openedAt) });
  const at = moved?.at ?? new Date();
  const entries = entriesOf(before, { by, to, as, note, at });
  await insertEntries(
    transaction,
    entries.map((entry) => ({ conversation: before, entry })),
  );
  const after = { ...before, ...place };
  const changes = await moveLines(transaction, organisationId, [{ before, after }]);
  const told: Change[] =
    to.kind === "user" && to.userId !== by.userId
      ? [{ kind: "handed", userId: to.userId, conversationId: id, by: by.name }]
      : [];
  return [...changes, entriesChange(after, entries), ...told];
}

function placeAt({ organisationId, queueId }: Conversation, to: Destination): Place {
  switch (to.kind) {
    case "everybody":
      return { status: "waiting", claimedBy: null, queueId: organisationId };
    case "group":
      return { status: "waiting", claimedBy: null, queueId: to.groupId };
    case "user":
      return { status: "claimed", claimedBy: to.userId, queueId };
  }
}

/** The note stands before the transfer: whoever gets the chat reads it first. */
function entriesOf(
  before: Conversation,
  of: Handing & { by: Pick<User, "userId" | "name">; at: Date },
): Entry[] {
  const author = authorOf(of.by);
  const forTeam = (head: number, occurrence: Entry["occurrence"]): Entry => ({
    ...nextEntry({ head }, occurrence, author, of.at),
    audience: "team",
  });
  const noted =
    of.note === undefined ? [] : [forTeam(before.head, { kind: "note", text: of.note, mentions: [] })];
  return [
    ...noted,
    forTeam(before.head + noted.length, { kind: "transferred", to: of.to, ...(of.as && { as: of.as }) }),
  ];
}
