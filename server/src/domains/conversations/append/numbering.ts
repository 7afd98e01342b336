import type { ChannelCapabilities } from "@grata/contract/channels";
import type { Delivery } from "@grata/contract/entries";
import type { Item, NewEntry } from "./item.ts";
import type { LockedRow } from "./lock.ts";

/** Looks up how a kind of channel gets its customers' answers. */
export type ReplyOf = (kind: string) => ChannelCapabilities["reply"];

/** An item whose conversation this transaction has locked. */
export type Held = { item: Item; row: LockedRow };

/** The same with its place in the conversation, ready to be stored. */
export type Numbered = Held & { seq: number; delivery: Delivery };

/** Gives each item the next number of its conversation. */
export function number(held: Iterable<Held>, replyOf: ReplyOf): Numbered[] {
  const heads = new Map<LockedRow, number>();
  return Array.from(held, ({ item, row }) => {
    const seq = (heads.get(row) ?? row.head) + 1;
    heads.set(row, seq);
    return { item, row, seq, delivery: deliveryOf(item.entry, replyOf(row.channel_kind)) };
  });
}

/** What the customer is to see and their client does not fetch itself is handed to the channel. */
function deliveryOf(entry: NewEntry, reply: ReturnType<ReplyOf>): Delivery {
  const outgoing = entry.author.kind !== "customer" && entry.audience === "everybody";
  return outgoing && reply === "push" ? "pending" : "none";
}
