import { createForgivingStorage, type StoragePort } from "../../storage.ts";
import { createStore, type Observable } from "../../store.ts";

/** Which voice messages were heard in this browser. */
export type Heard = Observable<ReadonlySet<string>> & { note(fileId: string): void };

/** Enough for months of one person's voice messages, and 20 kB of storage at most. */
const KEPT = 500;

/** Remembers under one key, whose name says whose ears it were. */
export function createHeard(storage: StoragePort, key: string): Heard {
  const forgiving = createForgivingStorage(storage);
  const store = createStore<ReadonlySet<string>>(read());

  function read(): Set<string> {
    return new Set((forgiving.read(key) ?? "").split(" ").filter((id) => id !== ""));
  }

  return {
    snapshot: store.snapshot,
    subscribe: store.subscribe,
    note(fileId) {
      if (store.snapshot().has(fileId)) return;
      // Another tab may have written meanwhile.
      const heard = [...read().add(fileId)].slice(-KEPT);
      forgiving.write(key, heard.join(" "));
      store.set(new Set([...store.snapshot(), ...heard]));
    },
  };
}
