import type { CustomerConversation } from "@grata/contract/conversations";
import type { CustomerEntry } from "@grata/contract/entries";
import type { RequestInput } from "@grata/contract/realtime";
import { and, desc, eq, exists, ne, or, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Principal, Visitor } from "../../foundation/access/principal.ts";
import { inQueue } from "../../foundation/access/queue.ts";
import { requireAccess } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { conversations, entries } from "../../foundation/schema/conversations.ts";
import { violatedConstraint } from "../../foundation/storage/database-errors.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { isStaffed } from "../accounts/connected-sessions.ts";
import { holdCustomer, isReachable, noteContact } from "../customers/note-contact.ts";
import { fileIn, takeFiles } from "../media/take-files.ts";
import type { AppendWriter } from "./append/writer.ts";
import type { Change } from "./changes.ts";
import { customerChange } from "./customer-change.ts";
import type { Entry } from "./entry.ts";
import { leaveContact } from "./leave-contact.ts";
import { moveLines } from "./lists/move.ts";
import { entriesChange, insertEntry } from "./log-entry.ts";
import { mentionOf } from "./mention.ts";
import { messageOf } from "./message-of.ts";
import { presentCustomerConversation, presentCustomerEntry } from "./present.ts";
import { readEntry } from "./read-entries.ts";
import { requireRunningTest } from "./require-running-test.ts";

/** How often somebody may be overtaken before it is no coincidence any more. */
const attempts = 10;
/** Browsers need a third of it. */
const userAgentLimit = 500;

type Opened = { conversation: CustomerConversation; entry: CustomerEntry; changes: Change[] };
type Input = RequestInput<"conversation.open"> & {
  connectionId: string | null;
  userAgent?: string | null;
};

/**
 * A customer writes without an open chat: opens one and puts it on the wait list. With an open chat (opened by another
 * tab, say) the message goes into that one; a repeat of the same client id gets what the first one got. `mayOpen` is
 * asked before a new chat is made and may refuse (`too_many_chats`).
 */
export async function open(
  storage: Storage,
  writer: AppendWriter,
  principal: Principal,
  input: Input,
  mayOpen: () => Promise<void>,
): Promise<Opened> {
  requireAccess(principal, "conversation.open", null);
  if (principal.kind !== "visitor") throw new Refusal("forbidden");
  let asked = false;
  // Another tab may open and the agent may close between our look and our write: then we look again.
  for (let attempt = 1; ; attempt++) {
    const existing = await findExisting(storage, principal, input.clientId);
    try {
      if (existing) return await continueIn(storage, writer, principal, existing, input);
      if (!asked) await mayOpen();
      asked = true;
      return await create(storage, principal, input);
    } catch (error) {
      if (!isOvertaken(error) || attempt === attempts) throw error;
    }
  }
}

function isOvertaken(error: unknown): boolean {
  if (error instanceof Refusal) return error.code === "conversation_closed";
  return violatedConstraint(error)?.startsWith("conversations_open") ?? false;
}

type Existing = { id: string };

/** The chat that has this very message, else the customer's open one. */
function findExisting(storage: Storage, visitor: Visitor, clientId: string): Promise<Existing | undefined> {
  return storage.inOrganisation(visitor.organisationId, async (transaction) => {
    const hasIt = exists(
      transaction
        .select({ seq: entries.seq })
        .from(entries)
        .where(
          and(
            eq(entries.organisationId, conversations.organisationId),
            eq(entries.conversationId, conversations.id),
            eq(entries.clientId, clientId),
          ),
        ),
    );
    const [row] = await transaction
      .select({ id: conversations.id })
      .from(conversations)
      .where(
        and(
          eq(conversations.organisationId, visitor.organisationId),
          eq(conversations.customerId, visitor.customerId),
          or(ne(conversations.status, "closed"), hasIt),
        ),
      )
      .orderBy(desc(hasIt))
      .limit(1);
    return row;
  });
}

async function continueIn(
  storage: Storage,
  writer: AppendWriter,
  visitor: Visitor,
  existing: Existing,
  input: Input,
): Promise<Opened> {
  const { organisationId, customerId } = visitor;
  const occurrence = await messageOf(storage, visitor, input);
  const { seq } = await writer.append({
    organisationId,
    conversationId: existing.id,
    clientId: input.clientId,
    author: { kind: "customer", userId: null, name: null },
    audience: "everybody",
    occurrence,
    principal: visitor,
    connectionId: input.connectionId,
  });
  return storage.inOrganisation(organisationId, async (transaction) => {
    const changes = input.contact ? await leaveContact(transaction, visitor, existing.id, input.contact) : [];
    const entry = await readEntry(transaction, organisationId, existing.id, seq);
    const [row] = await transaction
      .select()
      .from(conversations)
      .where(
        and(
          eq(conversations.organisationId, organisationId),
          eq(conversations.customerId, customerId),
          eq(conversations.id, existing.id),
        ),
      );
    if (!row || !entry) throw new Error("A conversation that was just written to is gone.");
    return {
      conversation: presentCustomerConversation(row, 0),
      entry: presentCustomerEntry(entry),
      changes,
    };
  });
}

async function create(storage: Storage, visitor: Visitor, input: Input): Promise<Opened> {
  const { organisationId, channelId, customerId, testerId } = visitor;
  const occurrence = await messageOf(storage, visitor, input);
  return storage.inOrganisation(organisationId, async (transaction) => {
    await holdCustomer(transaction, visitor);
    if (testerId !== null) await requireRunningTest(transaction, visitor);
    const id = newId();
    const excerpt = input.text.slice(0, 200).toWellFormed();
    const now = sql`statement_timestamp()`;
    // Who left an address before is not asked again, and is promised the same.
    const answersByMail =
      input.contact !== undefined ||
      ((await isReachable(transaction, visitor)) && !(await isStaffed(transaction, organisationId)));
    const [row] = await transaction
      .insert(conversations)
      .values({
        id,
        channelId,
        customerId,
        ...inQueue(
          organisationId,
          testerId === null ? { kind: "everybody" } : { kind: "test", userId: testerId },
        ),
        testerId,
        status: "waiting",
        head: 1,
        openedWith: input.clientId,
        pageUrl: input.page ? withoutSecrets(input.page.url) : null,
        pageTitle: input.page?.title ?? null,
        referrer: input.referrer === undefined ? null : withoutSecrets(input.referrer),
        userAgent: input.userAgent?.slice(0, userAgentLimit).toWellFormed() ?? null,
        firstText: excerpt,
        lastText: excerpt,
        firstFile: mentionOf(occurrence),
        lastFile: mentionOf(occurrence),
        lastAuthor: "customer",
        lastAt: now,
        answersByMail,
        unansweredSince: now,
        openedAt: now,
        waitingSince: now,
      })
      .returning();
    if (!row) throw new Error("An insert returned no row.");
    const entry: Entry = {
      seq: 1,
      author: { kind: "customer", userId: null, name: null },
      audience: "everybody",
      occurrence,
      delivery: "none",
      clientId: input.clientId,
      at: row.openedAt,
    };
    await insertEntry(transaction, row, entry);
    const fileId = fileIn(occurrence);
    if (fileId !== null) {
      const take = {
        organisationId,
        fileId,
        conversationId: id,
        clientId: input.clientId,
        userId: null,
        customerId,
      };
      const isTaken = await takeFiles(transaction, [take]);
      if (!isTaken(take)) throw new Refusal("file_unknown");
    }
    if (input.contact) await noteContact(transaction, visitor, input.contact);
    const joined = await moveLines(transaction, organisationId, [{ before: null, after: row }]);
    return {
      conversation: presentCustomerConversation(row, 0),
      entry: presentCustomerEntry(entry),
      changes: [
        ...joined,
        entriesChange(row, [entry]),
        ...(input.contact ? [customerChange(organisationId, [customerId])] : []),
      ],
    };
  });
}

/** An address without a user name, a password and what stands behind #: where shops put what is nobody else's. */
function withoutSecrets(address: string): string {
  const url = new URL(address);
  url.username = "";
  url.password = "";
  url.hash = "";
  return url.href;
}
