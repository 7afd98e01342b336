import { createForgivingStorage, type StoragePort } from "./storage.ts";

export type Drafts = {
  /** The text that was typed and not sent, "" when there is none. */
  read(key: string): string;
  write(key: string, text: string): void;
};

/** What stands in each composer, kept through a reload. The prefix names whose they are. */
export function createDrafts(storage: StoragePort, prefix: string): Drafts {
  const forgiving = createForgivingStorage(storage);
  return {
    read: (key) => forgiving.read(prefix + key) ?? "",
    write(key, text) {
      if (text === "") {
        forgiving.remove(prefix + key);
      } else {
        forgiving.write(prefix + key, text);
      }
    },
  };
}
