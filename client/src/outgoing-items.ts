import { failure } from "@grata/contract/errors";
import * as z from "zod/mini";
import { createForgivingStorage, type StoragePort } from "./storage.ts";

/** What was typed and is not in the log yet. */
const storedItem = z.object({
  clientId: z.uuid(),
  /** What keeps its order: a conversation's id, or whatever else the caller chose. */
  lane: z.string(),
  text: z.string(),
  createdAt: z.number(),
  state: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("sending") }),
    z.object({ kind: z.literal("failed"), failure }),
  ]),
});
type StoredItem = z.infer<typeof storedItem>;

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
    const item = stored === null ? undefined : storedItem.safeParse(parse(stored)).data;
    if (!item) {
      forgiving.remove(key);
    }
    return item ? [item] : [];
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
