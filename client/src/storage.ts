/** The part of the browser's `Storage` that is used here. Each access may throw: blocked, full, or gone. */
export type StoragePort = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

/** Keeps things until the page is left: for where the browser gives no storage. */
export function createMemoryStorage(): StoragePort {
  const values = new Map<string, string>();
  return {
    get length() {
      return values.size;
    },
    key: (index) => [...values.keys()][index] ?? null,
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => {
      values.set(key, value);
    },
    removeItem: (key) => {
      values.delete(key);
    },
  };
}

/** The same storage without exceptions: what cannot be read is null, what cannot be written is not. */
export function createForgivingStorage(storage: StoragePort) {
  return {
    read: (key: string): string | null => attempt(() => storage.getItem(key), null),
    write: (key: string, value: string): void => attempt(() => storage.setItem(key, value), undefined),
    remove: (key: string): void => attempt(() => storage.removeItem(key), undefined),
    keys: (prefix: string): string[] =>
      attempt(() => {
        const all = Array.from({ length: storage.length }, (_, index) => storage.key(index));
        return all.filter((key): key is string => key?.startsWith(prefix) ?? false);
      }, []),
  };
}

function attempt<Result>(access: () => Result, otherwise: Result): Result {
  try {
    return access();
  } catch {
    return otherwise;
  }
}
