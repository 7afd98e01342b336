import { and, asc, eq } from "drizzle-orm";
import { Refusal } from "../../../foundation/refusal/refusal.ts";
import { channels } from "../../../foundation/schema/channels.ts";
import { webchatSettings } from "../../../foundation/schema/webchat.ts";
import type { Transaction } from "../../../foundation/storage/storage.ts";
import type { StoredWebChat } from "../present.ts";

/** The web chats of the transaction's organisation, oldest first. */
export function readWebChats(transaction: Transaction, organisationId: string): Promise<StoredWebChat[]> {
  return select(transaction, organisationId, undefined);
}

/** One of them, or `channel_unknown`. */
export async function readWebChat(
  transaction: Transaction,
  organisationId: string,
  channelId: string,
): Promise<StoredWebChat> {
  const [found] = await select(transaction, organisationId, channelId);
  if (!found) throw new Refusal("channel_unknown");
  return found;
}

function select(transaction: Transaction, organisationId: string, channelId: string | undefined) {
  return transaction
    .select({ channel: channels, stored: webchatSettings })
    .from(channels)
    .leftJoin(
      webchatSettings,
      and(
        eq(webchatSettings.organisationId, channels.organisationId),
        eq(webchatSettings.channelId, channels.id),
      ),
    )
    .where(
      and(
        eq(channels.organisationId, organisationId),
        eq(channels.kind, "webchat"),
        eq(channels.forTests, false),
        channelId === undefined ? undefined : eq(channels.id, channelId),
      ),
    )
    .orderBy(asc(channels.createdAt), asc(channels.id));
}
