import { createForgivingStorage, type StoragePort } from "@grata/client/storage";

/** Where a user's drafts stand in the browser's storage. */
export const draftsPrefix = (userId: string) => `grata:${userId}:draft:`;

/** Where a user's unsent messages stand in the browser's storage. */
export const outgoingPrefix = (userId: string) => `grata:${userId}:outgoing:`;

/** Where a user's unsent files stand in the browser's database. */
export const filesPrefix = (userId: string) => `grata:${userId}:file:`;

/** Removes what this user typed from the browser: the next person at this computer must not find it. */
export function eraseTyped(storage: StoragePort, userId: string): void {
  const forgiving = createForgivingStorage(storage);
  for (const prefix of [draftsPrefix(userId), outgoingPrefix(userId)]) {
    for (const key of forgiving.keys(prefix)) {
      forgiving.remove(key);
    }
  }
}
