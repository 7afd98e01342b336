import type { LiveSession } from "../live/live-session.ts";

/** What an agent wrote into a chat and the customer has not got. */
export interface Typed {
  draft: string;
  unsent: readonly { clientId: string; text: string; file?: { name: string } | undefined }[];
}

/** Finds what was written into this chat and not sent; null when there is nothing. */
export function findTyped(
  live: Pick<LiveSession, "drafts" | "outgoing">,
  conversationId: string,
): Typed | null {
  const draft = live.drafts.read(conversationId).trim();
  const unsent = live.outgoing
    .snapshot()
    .filter((item) => item.lane === conversationId && item.state.kind !== "sent");
  return draft === "" && unsent.length === 0 ? null : { draft, unsent };
}

/** Throws away what was written into this chat and can no longer be sent. Returns what it was, if anything. */
export function discardTyped(
  live: Pick<LiveSession, "drafts" | "outgoing">,
  conversationId: string,
): Typed | null {
  const typed = findTyped(live, conversationId);
  live.drafts.write(conversationId, "");
  for (const item of live.outgoing.snapshot()) {
    if (item.lane === conversationId) {
      live.outgoing.discard(item.clientId);
    }
  }
  // An item under way stays in the queue, and its line tells how it ends.
  const kept = new Set(live.outgoing.snapshot().map(({ clientId }) => clientId));
  return typed && { ...typed, unsent: typed.unsent.filter(({ clientId }) => !kept.has(clientId)) };
}

/** Puts what was discarded back into the draft, so that nothing of it goes out by itself; a newer draft stays. */
export function restoreTyped(
  live: Pick<LiveSession, "drafts">,
  conversationId: string,
  typed: Typed | null,
): void {
  if (typed !== null && live.drafts.read(conversationId) === "") {
    const texts = [...typed.unsent.map(({ text }) => text), typed.draft];
    live.drafts.write(conversationId, texts.filter((text) => text !== "").join("\n\n"));
  }
}
