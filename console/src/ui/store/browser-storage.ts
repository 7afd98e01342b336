import { createForgivingStorage, createMemoryStorage, type StoragePort } from "@grata/client/storage";

/** Storage that never throws. */
export type ForgivingStorage = ReturnType<typeof createForgivingStorage>;

/** What outlives the browser's windows; forgotten with the page where the browser forbids storage. */
export const localPort = reach(() => globalThis.localStorage);

export const localTexts: ForgivingStorage = createForgivingStorage(localPort);

/** What lives as long as this tab. */
export const tabTexts: ForgivingStorage = createForgivingStorage(reach(() => globalThis.sessionStorage));

/** The mere mention of a forbidden storage throws. */
function reach(find: () => StoragePort): StoragePort {
  try {
    return find();
  } catch {
    return createMemoryStorage();
  }
}
