import type { BlobKeeper } from "../uploads.ts";

const databaseName = "grata-files";
const storeName = "blobs";
/** The server keeps an upload for a day; what is older here was left behind by a page that crashed. */
const keptMilliseconds = 2 * 24 * 3_600_000;

type Kept = { blob: Blob; at: number };

/**
 * A keeper whose things begin with `prefix`, which names whose they are. Where the browser gives no database, or it is
 * full, things last as long as the page.
 */
export function createBlobKeeper(prefix: string): BlobKeeper {
  const memory = new Map<string, Blob>();
  let opening: Promise<IDBDatabase | null> | undefined;

  function database(): Promise<IDBDatabase | null> {
    opening ??= openDatabase();
    return opening;
  }

  async function change(act: (store: IDBObjectStore) => void): Promise<void> {
    const opened = await database();
    if (opened) {
      await finished(() => act(opened.transaction(storeName, "readwrite").objectStore(storeName)));
    }
  }

  return {
    keep(id, blob) {
      memory.set(id, blob);
      void change((store) => store.put({ blob, at: Date.now() } satisfies Kept, prefix + id));
    },
    async find(id) {
      const held = memory.get(id);
      if (held) {
        return held;
      }
      const opened = await database();
      const kept = opened && (await read(opened, prefix + id));
      if (kept) {
        memory.set(id, kept.blob);
      }
      return kept?.blob;
    },
    remove(id) {
      memory.delete(id);
      void change((store) => store.delete(prefix + id));
    },
    async clear() {
      memory.clear();
      await change((store) => store.delete(IDBKeyRange.bound(prefix, `${prefix}\uffff`)));
    },
  };
}

/** Null where the browser gives none. */
async function openDatabase(): Promise<IDBDatabase | null> {
  try {
    const request = indexedDB.open(databaseName, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(storeName);
    const opened = await answerOf(request);
    removeOld(opened);
    return opened;
  } catch {
    return null;
  }
}

function removeOld(opened: IDBDatabase): void {
  const walk = opened.transaction(storeName, "readwrite").objectStore(storeName).openCursor();
  walk.onsuccess = () => {
    const cursor = walk.result;
    if (cursor) {
      if ((cursor.value as Kept).at < Date.now() - keptMilliseconds) {
        cursor.delete();
      }
      cursor.continue();
    }
  };
}

async function read(opened: IDBDatabase, key: string): Promise<Kept | undefined> {
  try {
    return await answerOf<Kept | undefined>(opened.transaction(storeName).objectStore(storeName).get(key));
  } catch {
    return undefined;
  }
}

/** What cannot be written is held in memory all the same. */
async function finished(act: () => void): Promise<void> {
  try {
    act();
  } catch {
    // Such as a blob that is too large for the quota.
  }
}

function answerOf<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
