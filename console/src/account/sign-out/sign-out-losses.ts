import { createForgivingStorage, type StoragePort } from "@grata/client/storage";
import type { LiveSession } from "../../live/live-session.ts";
import { draftsPrefix } from "../../live/user-storage.ts";

/** What signing out now would leave behind. */
export interface Losses {
  /** Messages that were sent off and have not reached the server. */
  unsent: number;
  /** Messages that were begun. */
  drafts: number;
  /** Chats whose customers go on waiting. */
  chats: number;
}

/** Counts what signing out now would leave behind; null when it is nothing. */
export function countLosses(live: LiveSession, storage: StoragePort): Losses | null {
  const losses = {
    unsent: live.outgoing.snapshot().filter((item) => item.state.kind !== "sent").length,
    drafts: createForgivingStorage(storage).keys(draftsPrefix(live.userId)).length,
    chats: live.current.snapshot().items.filter(({ test }) => !test).length,
  };
  return Object.values(losses).some((count) => count > 0) ? losses : null;
}
