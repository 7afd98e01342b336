import type { RequestInput, RequestOutput } from "@grata/contract/realtime";
import type { AppendWriter } from "../../domains/conversations/append/writer.ts";
import type { Change } from "../../domains/conversations/changes.ts";
import { presentCustomerConversation, presentCustomerEntry } from "../../domains/conversations/present.ts";
import { receive } from "../../domains/conversations/receive.ts";
import type { Principal } from "../../foundation/access/principal.ts";
import { requireAccess } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { webchat } from "./channel.ts";

type Input = RequestInput<"conversation.open"> & {
  connectionId: string | null;
  userAgent?: string | null;
};

/**
 * A visitor writes without an open chat: opens one. With an open chat (opened by another tab, say) the message goes
 * into that one. `mayOpen` is asked before a new chat is made and may refuse (`too_many_chats`).
 */
export async function open(
  storage: Storage,
  writer: AppendWriter,
  principal: Principal,
  { clientId, text, file, page, referrer, userAgent = null, contact, connectionId }: Input,
  mayOpen: () => Promise<void>,
): Promise<RequestOutput<"conversation.open"> & { changes: Change[] }> {
  requireAccess(principal, "conversation.open", null);
  if (principal.kind !== "visitor") throw new Refusal("forbidden");
  const { conversation, entry, changes } = await receive(storage, writer, {
    channel: { ...principal, capabilities: webchat.capabilities },
    from: principal,
    message: { text, file },
    key: clientId,
    source: { page: page ?? null, referrer: referrer ?? null, userAgent },
    contact,
    connectionId,
    mayOpen,
  });
  return {
    conversation: presentCustomerConversation(conversation, 0),
    entry: presentCustomerEntry(entry),
    changes,
  };
}
