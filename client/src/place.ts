import type { OutgoingItem } from "./outgoing-items.ts";

/**
 * Whether an item is shown where it was written, before an entry of that time. What is being sent is shown last, because
 * there it will stand; a file on its way and what failed would wander behind everything that is said meanwhile.
 */
export const isBefore = ({ state, writtenAt }: OutgoingItem, entry: { at: number }): boolean =>
  writtenAt !== undefined && writtenAt < entry.at && (state.kind === "uploading" || state.kind === "failed");
