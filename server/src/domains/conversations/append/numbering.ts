import type { ChannelCapabilities } from "@grata/contract/channels";
import type { Delivery, Occurrence } from "@grata/contract/entries";
import { asSeen } from "../seen-as.ts";
import type { Item, NewEntry } from "./item.ts";
import type { LockedRow } from "./lock.ts";

/** Looks up how a kind of channel gets its customers' answers, and which of their identities it shows users under. */
export type WaysOf = (kind: string) => Pick<ChannelCapabilities, "reply" | "identities">;

/** An item whose conversation this transaction has locked. */
export type Held = { item: Item; row: LockedRow };

/** The same with its place in the conversation, ready to be stored. */
export type Numbered = Held & { seq: number; delivery: Delivery; occurrence: Occurrence };

/** Gives each item the next number of its conversation. */
export function number(held: Iterable<Held>, waysOf: WaysOf): Numbered[] {
  const heads = new Map<LockedRow, number>();
  return Array.from(held, ({ item, row }) => {
    const seq = (heads.get(row) ?? row.head) + 1;
    heads.set(row, seq);
    const ways = waysOf(row.channel_kind);
    const { entry } = item;
    return { item, row, seq, delivery: deliveryOf(entry, ways.reply), occurrence: asSeen(entry, ways) };
  });
}

/** What the customer is to see and their client does not fetch itself is handed to the channel. */
function deliveryOf(entry: NewEntry, reply: ChannelCapabilities["reply"]): Delivery {
  const outgoing = entry.author.kind !== "customer" && entry.audience === "everybody";
  return outgoing && reply === "push" ? "pending" : "none";
}
