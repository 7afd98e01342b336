import type { OutgoingItem } from "./outgoing-items.ts";

/** Where and when something was written, by the clock of the server: behind which entry of which conversation. */
export type Place = { conversationId: string | null; seq: number; at: number };

/**
 * Whether an item is shown where it was written. What is being sent is shown last, because there it will stand; a file
 * on its way and what failed would wander behind everything that others say meanwhile.
 */
export function staysInPlace<Item extends Pick<OutgoingItem, "state" | "place">>(
  item: Item,
): item is Item & { place: Place } {
  return item.place !== undefined && (item.state.kind === "uploading" || item.state.kind === "failed");
}
