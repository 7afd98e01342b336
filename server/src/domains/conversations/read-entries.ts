import type { CustomerEntry, TeamEntry } from "@grata/contract/entries";
import { and, asc, desc, eq, gt, lt } from "drizzle-orm";
import type { Principal } from "../../foundation/access/principal.ts";
import { requireAccess } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { entries } from "../../foundation/schema/conversations.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { type Entry, saidIn } from "./entry.ts";
import { findConversation } from "./find.ts";
import { presentCustomerEntry, presentTeamEntry } from "./present.ts";
import { withServedNow } from "./served-now.ts";

type Row = typeof entries.$inferSelect;
type Page = { head: number; entries: (TeamEntry | CustomerEntry)[] };
const defaultLimit = 50;
/** In one page: a reader on a slow line must have it before `realtime/stuck.ts` takes them for one who does not read. */
const pageCharacters = 100_000;

/** Reconnect, first load and gap are this one question: everything after a number, oldest first, and the log's head. */
export function readEntriesAfter(
  storage: Storage,
  principal: Principal,
  input: { conversationId: string; after: number; limit?: number | undefined },
): Promise<Page> {
  return readPage(storage, principal, input, async (transaction, organisationId) => {
    const page = await transaction
      .select()
      .from(entries)
      .where(and(inLog(organisationId, input.conversationId), gt(entries.seq, input.after)))
      .orderBy(asc(entries.seq))
      .limit(input.limit ?? defaultLimit);
    return fit(page);
  });
}

/** The page before a number, oldest first. */
export function readEntriesBefore(
  storage: Storage,
  principal: Principal,
  input: { conversationId: string; before: number; limit?: number | undefined },
): Promise<Page> {
  return readPage(storage, principal, input, async (transaction, organisationId) => {
    const page = await transaction
      .select()
      .from(entries)
      .where(and(inLog(organisationId, input.conversationId), lt(entries.seq, input.before)))
      .orderBy(desc(entries.seq))
      .limit(input.limit ?? defaultLimit);
    return fit(page).reverse();
  });
}

/** The first of these rows that fit into a page; one at least, so that the reader gets on. */
function fit(rows: Row[]): Row[] {
  let characters = 0;
  const beyond = rows.findIndex(({ occurrence }, index) => {
    characters += saidIn(occurrence)?.text.length ?? 0;
    return index > 0 && characters > pageCharacters;
  });
  return beyond === -1 ? rows : rows.slice(0, beyond);
}

function readPage(
  storage: Storage,
  principal: Principal,
  input: { conversationId: string },
  select: (transaction: Transaction, organisationId: string) => Promise<Row[]>,
): Promise<Page> {
  if (principal.kind === "nobody") throw new Refusal("sign_in_required");
  const { organisationId } = principal;
  const present = principal.kind === "visitor" ? presentCustomerEntry : presentTeamEntry;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const conversation = await findConversation(transaction, organisationId, input.conversationId);
    const subject = await withServedNow(transaction, principal, conversation);
    requireAccess(principal, "conversation.read", subject);
    const rows = await select(transaction, organisationId);
    return { head: conversation.head, entries: rows.map((row) => present(shown(row, conversation))) };
  });
}

const inLog = (organisationId: string, conversationId: string) =>
  and(eq(entries.organisationId, organisationId), eq(entries.conversationId, conversationId));

/** Of a cleared conversation nobody is shown what its rows may still hold. */
export function shown(row: Row, { erasedAt }: { erasedAt: Date | null }): Entry {
  const entry = entryFrom(row);
  return erasedAt !== null && saidIn(entry.occurrence) !== null
    ? { ...entry, occurrence: { kind: "erased" } }
    : entry;
}

/** An entry as its row has it. */
export function entryFrom(row: Row): Entry {
  return {
    seq: row.seq,
    author: { kind: row.authorKind, userId: row.userId, name: row.authorName },
    audience: row.audience,
    occurrence: row.occurrence,
    delivery: row.delivery,
    ...(row.deliveryVersion !== null && {
      deliveryVersion: row.deliveryVersion,
      deliveryReason: row.deliveryReason,
    }),
    clientId: row.clientId,
    at: row.at,
  };
}
