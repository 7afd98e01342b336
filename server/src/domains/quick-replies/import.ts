import {
  type ImportLine,
  type ImportQuickReplies,
  type WrittenQuickReply,
  writtenQuickReply,
} from "@grata/contract/quick-replies";
import { and, eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Asker } from "../../foundation/access/principal.ts";
import { refusalOfIssues } from "../../foundation/refusal/failure.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { quickReplies } from "../../foundation/schema/quick-replies.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { changesOf } from "./change.ts";
import { unguardCell } from "./csv-cells.ts";
import { findByKeys, quickReplyTaken, roomIn } from "./find.ts";
import { inList, type List, lockLists, requireList, type Scope } from "./lists.ts";
import { noteQuickReplies } from "./note.ts";
import { rowOf } from "./row.ts";

type Row = typeof quickReplies.$inferSelect;
type Outcome = "created" | "replaced" | "unchanged" | Refusal;
type Plan = { created: Row[]; replaced: { before: Row; row: Row }[] };

/** What became of each line of a table, in their order; one that is refused leaves the others as they are. */
export function importQuickReplies(
  storage: Storage,
  asker: Asker,
  scope: Scope,
  { existing, lines }: ImportQuickReplies,
): Promise<Outcome[]> {
  const list = requireList(asker, scope);
  const read = lines.map(readLine);
  return storage.inOrganisation(list.organisationId, async (transaction) => {
    await lockLists(transaction, list);
    const keys = read.flatMap((line) => (line instanceof Refusal ? [] : [rowOf(line).key]));
    const there = await findByKeys(transaction, list, keys);
    let room = await roomIn(transaction, list);
    const seen = new Set<string>();
    const plan: Plan = { created: [], replaced: [] };
    const outcomes = read.map((line): Outcome => {
      if (line instanceof Refusal) return line;
      const row = { ...rowOf(line), changedAt: new Date() };
      const before = there.get(row.key);
      // Of two lines with one name the first counts.
      if (seen.has(row.key) || (before && existing === "keep")) return quickReplyTaken();
      seen.add(row.key);
      if (before) {
        if (Object.keys(changesOf(before, row)).length === 0) return "unchanged";
        plan.replaced.push({ before, row: { ...before, ...row } });
        return "replaced";
      }
      if (room < 1) return new Refusal("too_many_quick_replies");
      room -= 1;
      const { organisationId, ownerId } = list;
      plan.created.push({ organisationId, ownerId, id: newId(), ...row });
      return "created";
    });
    await carryOut(transaction, list, plan);
    return outcomes;
  });
}

function readLine({ name, category, ...texts }: ImportLine): WrittenQuickReply | Refusal {
  const parsed = writtenQuickReply.safeParse({
    name: unguardCell(name),
    category: unguardCell(category),
    texts: Object.fromEntries(Object.entries(texts).map(([language, cell]) => [language, unguardCell(cell)])),
  });
  return parsed.success ? parsed.data : refusalOfIssues(parsed.error.issues);
}

async function carryOut(transaction: Transaction, list: List, { created, replaced }: Plan): Promise<void> {
  if (created.length > 0) await transaction.insert(quickReplies).values(created);
  for (const { row } of replaced) {
    const { name, category, texts, key, searched, changedAt } = row;
    await transaction
      .update(quickReplies)
      .set({ name, category, texts, key, searched, changedAt })
      .where(and(inList(list), eq(quickReplies.id, row.id)));
  }
  await noteQuickReplies(
    transaction,
    list,
    "quick_reply.created",
    created.map((row) => ({ row })),
  );
  await noteQuickReplies(
    transaction,
    list,
    "quick_reply.changed",
    replaced.map(({ before, row }) => ({ row, changes: changesOf(before, row) })),
  );
}
