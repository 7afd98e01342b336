import { and, count, eq, inArray } from "drizzle-orm";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { quickReplies } from "../../foundation/schema/quick-replies.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";
import { inList, type List } from "./lists.ts";

type Row = typeof quickReplies.$inferSelect;

/** Reads a quick reply of this list, or throws `quick_reply_unknown`. */
export async function findQuickReply(transaction: Transaction, list: List, id: string): Promise<Row> {
  const [row] = await transaction
    .select()
    .from(quickReplies)
    .where(and(inList(list), eq(quickReplies.id, id)));
  if (!row) throw new Refusal("quick_reply_unknown");
  return row;
}

/** Those of this list with one of these keys, by their keys. */
export async function findByKeys(
  transaction: Transaction,
  list: List,
  keys: readonly string[],
): Promise<Map<string, Row>> {
  if (keys.length === 0) return new Map();
  const rows = await transaction
    .select()
    .from(quickReplies)
    .where(and(inList(list), inArray(quickReplies.key, [...keys])));
  return new Map(rows.map((row) => [row.key, row]));
}

/** For how many more there is room; to be asked of a locked list. */
export async function roomIn(transaction: Transaction, list: List): Promise<number> {
  const [counted] = await transaction.select({ total: count() }).from(quickReplies).where(inList(list));
  return list.limit - (counted?.total ?? 0);
}

/** The refusal of a name that another has already. */
export const quickReplyTaken = () =>
  new Refusal("quick_reply_taken", { fields: { name: "quick_reply_taken" } });
