import type { ChannelCapabilities } from "@grata/contract/channels";
import type { Occurrence } from "@grata/contract/entries";
import type { ShownAs, ShownName } from "@grata/contract/shown-as";
import { and, eq } from "drizzle-orm";
import type { Principal, User } from "../../foundation/access/principal.ts";
import { channels } from "../../foundation/schema/channels.ts";
import type { Conversation } from "../../foundation/schema/conversations.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";
import type { Audience, Author } from "./entry.ts";

/** Looks up what a kind of channel can do. */
export type CapabilitiesOf = (kind: string) => ChannelCapabilities;

/** The identity under which an entry was written; undefined: under the user's own name, or by nobody of the team. */
export function identityIn(occurrence: Occurrence): ShownAs | undefined {
  return "as" in occurrence ? occurrence.as : undefined;
}

/** The name for a reader of this language, else the one for whoever reads none of the others. */
export function nameFor(names: readonly ShownName[], language?: string): ShownName | undefined {
  return names.find((one) => one.language === language) ?? names[0];
}

/** A message as the log keeps it: with the identity under which its customer sees the user who wrote it. */
export function asSeen(
  written: { author: Author; audience: Audience; occurrence: Occurrence; principal: Principal },
  { identities: world }: Pick<ChannelCapabilities, "identities">,
): Occurrence {
  const { author, audience, occurrence, principal } = written;
  const isOwn = principal.kind === "user" && principal.userId === author.userId;
  if (occurrence.kind !== "message" || audience !== "everybody" || !isOwn) return occurrence;
  const as = principal.identities[world];
  return as ? { ...occurrence, as } : occurrence;
}

/** The claim of a user, with the identity under which the customer sees them. */
export async function claimBy(
  transaction: Transaction,
  user: User,
  conversation: Conversation,
  capabilitiesOf: CapabilitiesOf,
): Promise<Occurrence> {
  const as = await seenIn(transaction, user, conversation, capabilitiesOf);
  return { kind: "claimed", ...(as && { as }) };
}

/** The identity under which the customer of a chat sees a user; undefined: their own name. */
export async function seenIn(
  transaction: Transaction,
  { identities }: Pick<User, "identities">,
  { organisationId, channelId }: Conversation,
  capabilitiesOf: CapabilitiesOf,
): Promise<ShownAs | undefined> {
  // Most users have none, and nothing is looked up for them.
  if (Object.keys(identities).length === 0) return undefined;
  const [channel] = await transaction
    .select({ kind: channels.kind })
    .from(channels)
    .where(and(eq(channels.organisationId, organisationId), eq(channels.id, channelId)));
  return channel && identities[capabilitiesOf(channel.kind).identities];
}
