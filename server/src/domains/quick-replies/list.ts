import type { QuickRepliesPage, quickRepliesQuery } from "@grata/contract/quick-replies";
import { and, asc, count, desc, eq, type SQL, sql } from "drizzle-orm";
import type * as z from "zod/mini";
import type { Asker } from "../../foundation/access/principal.ts";
import { quickReplies } from "../../foundation/schema/quick-replies.ts";
import { beyondCursor, cursorAfter } from "../../foundation/storage/page-cursor.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { inList, type List, requireList, type Scope } from "./lists.ts";
import { presentQuickReply } from "./present.ts";
import { wordsOf } from "./row.ts";

type Query = z.output<typeof quickRepliesQuery>;

const pageLength = 50;
const categoriesLimit = 500;

/** What each order compares, as text that sorts as it should. */
const sortKeys: Record<NonNullable<Query["sort"]>, SQL<string>> = {
  name: sql`lower(${quickReplies.name})`,
  category: sql`${quickReplies.key}`,
  changed: sql`to_char(${quickReplies.changedAt} AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS')`,
};

/** A page of a list, filtered and sorted, with how many there are. */
export function listQuickReplies(
  storage: Storage,
  asker: Asker,
  scope: Scope,
  query: Query,
): Promise<QuickRepliesPage> {
  const list = requireList(asker, scope);
  const key = sortKeys[query.sort ?? "name"];
  const descending = query.direction === "descending";
  const direction = descending ? desc : asc;
  const limit = query.limit ?? pageLength;
  return storage.inOrganisation(list.organisationId, async (transaction) => {
    const filters = and(
      inList(list),
      query.category === undefined ? undefined : eq(quickReplies.category, query.category),
      ...containing(query.search),
    );
    const rows = await transaction
      .select({ quickReply: quickReplies, key })
      .from(quickReplies)
      .where(and(filters, beyondCursor(query.cursor, key, quickReplies.id, descending)))
      .orderBy(direction(key), direction(quickReplies.id))
      .limit(limit + 1);
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    const [all] = await transaction.select({ total: count() }).from(quickReplies).where(filters);
    return {
      quickReplies: page.map(({ quickReply }) => presentQuickReply(quickReply)),
      total: all?.total ?? 0,
      categories: await categoriesOf(transaction, list),
      next: last ? cursorAfter(last.key, last.quickReply.id) : null,
    };
  });
}

/** Every word of a search, wherever it stands. */
export function containing(search: string | undefined): SQL[] {
  return wordsOf(search).map((word) => sql`position(${word} in ${quickReplies.searched}) > 0`);
}

async function categoriesOf(transaction: Transaction, list: List): Promise<string[]> {
  const rows = await transaction
    .selectDistinct({ category: quickReplies.category })
    .from(quickReplies)
    .where(and(inList(list), sql`${quickReplies.category} <> ''`))
    .orderBy(asc(quickReplies.category))
    .limit(categoriesLimit);
  return rows.map(({ category }) => category);
}
