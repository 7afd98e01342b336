import { createMemoryStorage, type StoragePort } from "@grata/client/storage";

export type FrameStorage = {
  storage: StoragePort;
  /** False when the browser gives this frame no storage: what is kept in it ends with the page. */
  lasting: boolean;
};

/** The frame's own (partitioned) storage, or memory where a browser blocks it. */
export function openFrameStorage(): FrameStorage {
  const probe = "grata.probe";
  try {
    const storage = window.localStorage;
    storage.setItem(probe, probe);
    storage.removeItem(probe);
    return { storage, lasting: true };
  } catch {
    return { storage: createMemoryStorage(), lasting: false };
  }
}
