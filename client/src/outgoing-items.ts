import type { Failure } from "@grata/contract/errors";
import type { Attachment, FilePurpose } from "@grata/contract/files";
import { either, number, object, oneOf, optional, string, uuid } from "./guards.ts";
import { isAttachment, isFailure } from "./light/wire.ts";
import { createForgivingStorage, type StoragePort } from "./storage.ts";

/** A file on its way: what the browser knows of it, and what the server says of it once it is there. */
export type OutgoingFile = {
  id: string;
  purpose: FilePurpose;
  name: string;
  mediaType: string;
  bytes: number;
  uploaded?: Attachment | undefined;
};

/** What was typed and is not in the log yet. */
type StoredItem = {
  clientId: string;
  /** What keeps its order: a conversation's id, or whatever else the caller chose. */
  lane: string;
  text: string;
  /** What it carries. While that is `uploading` the others of its lane pass it by. */
  file?: OutgoingFile | undefined;
  createdAt: number;
  /** By the server's clock; unknown of what an earlier version of the page stored. */
  writtenAt?: number | undefined;
  state: { kind: "uploading" } | { kind: "sending" } | { kind: "failed"; failure: Failure };
};

const isStoredItem = object({
  clientId: uuid,
  lane: string,
  text: string,
  file: optional(
    object({
      id: uuid,
      purpose: oneOf(["file", "voice"]),
      name: string,
      mediaType: string,
      bytes: number,
      uploaded: optional(isAttachment),
    }),
  ),
  createdAt: number,
  writtenAt: optional(number),
  state: either(
    object({ kind: oneOf(["uploading", "sending"]) }),
    object({ kind: oneOf(["failed"]), failure: isFailure }),
  ),
});

/** `sent`: stored by the server, and only waiting to appear in the log. */
export type OutgoingItem = Omit<StoredItem, "state"> & {
  state: StoredItem["state"] | { kind: "sent" };
};

/**
 * The unsent items in a storage, each under a key of its own, so that two tabs never overwrite each other's. A
 * damaged value is removed.
 */
export function createItemStorage(storage: StoragePort, prefix: string) {
  const forgiving = createForgivingStorage(storage);
  const keyOf = (clientId: string) => `${prefix}${clientId}`;

  function readItem(key: string): OutgoingItem[] {
    const stored = forgiving.read(key);
    const item = stored === null ? undefined : parse(stored);
    if (!isStoredItem(item)) {
      forgiving.remove(key);
      return [];
    }
    return [item as OutgoingItem];
  }

  return {
    /** All items, in the order in which they were typed. */
    load: (): OutgoingItem[] =>
      forgiving
        .keys(prefix)
        .flatMap(readItem)
        .sort((left, right) => left.createdAt - right.createdAt),
    has: (clientId: string): boolean => forgiving.read(keyOf(clientId)) !== null,
    save: (item: OutgoingItem): void => forgiving.write(keyOf(item.clientId), JSON.stringify(item)),
    remove: (clientId: string): void => forgiving.remove(keyOf(clientId)),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
