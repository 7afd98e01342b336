import type { OutgoingItem } from "./outgoing-items.ts";

/**
 * Tells whether an item is shown where it was written, before an entry of that time. A message being sent is shown last,
 * where it will stand; files on their way and failed items would wander behind everything that is said meanwhile.
 */
export const isBefore = ({ state, writtenAt }: OutgoingItem, entry: { at: number }): boolean =>
  writtenAt !== undefined && writtenAt < entry.at && (state.kind === "uploading" || state.kind === "failed");
