import type { ChannelCapabilities } from "@grata/contract/channels";
import type { Source } from "@grata/contract/source";
import { messageLimit } from "@grata/contract/text";
import { and, desc, eq, exists, ne, or, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Visitor } from "../../foundation/access/principal.ts";
import { inQueue } from "../../foundation/access/queue.ts";
import { requireAccess } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { type Conversation, conversations, entries } from "../../foundation/schema/conversations.ts";
import { violatedConstraint } from "../../foundation/storage/database-errors.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { isStaffed } from "../accounts/connected-sessions.ts";
import { customerOf, type Identity, type Known } from "../customers/identities.ts";
import { holdCustomer, isReachable, noteContact } from "../customers/note-contact.ts";
import { fileIn, takeFiles } from "../media/take-files.ts";
import { chooseQueue } from "../routing/choose-queue.ts";
import type { AppendWriter } from "./append/writer.ts";
import type { Change } from "./changes.ts";
import { customerChange } from "./customer-change.ts";
import type { Entry } from "./entry.ts";
import { leaveContact } from "./leave-contact.ts";
import { moveLines } from "./lists/move.ts";
import { entriesChange, insertEntry } from "./log-entry.ts";
import { mentionOf } from "./mention.ts";
import { messageOf } from "./message-of.ts";
import { requireRunningTest } from "./require-running-test.ts";

/** How often somebody may be overtaken before it is no coincidence any more. */
const attempts = 10;
/** Browsers need a third of it. */
const userAgentLimit = 500;

type Channel = { organisationId: string; channelId: string; capabilities: ChannelCapabilities };

/** Somebody whom the channel knows by an id, and what it says of them. */
type Sender = { identity: Identity; known?: Partial<Known> };

/** A message of a customer, as any channel hands it over. */
export type Incoming = {
  channel: Channel;
  /** A visitor where their token or `findSender` has told who they are. */
  from: Visitor | Sender;
  /** The message. Its file was uploaded by this customer, or by the channel for them. */
  message: { text: string; file?: string | undefined };
  /** The client id: what comes with the same one again is the same message. */
  key: string;
  /** Where it came from, as the customer's side says it. */
  source?: Partial<Source> & { userAgent?: string | null; menu?: string; scene?: string };
  /** Where an answer reaches them when they are gone. */
  contact?: { name?: string | undefined; email: string } | undefined;
  /** The connection that it came by, which is answered and needs no news. */
  connectionId?: string | null;
  /** Asked before a new chat is made; may refuse. */
  mayOpen?(): Promise<void>;
};

type Received = { conversation: Conversation; entry: Entry; changes: Change[] };

/**
 * Makes an entry of what a customer says, on whatever channel: in their open chat, else in a new one, which goes on the
 * wait list. A repeat of the same key gets what the first one got, wherever that is. The changes are the caller's to
 * publish, once.
 */
export async function receive(storage: Storage, writer: AppendWriter, incoming: Incoming): Promise<Received> {
  const { channel, from, key, mayOpen } = incoming;
  let asked = false;
  // Another message may open and the agent may close between our look and our write: then we look again.
  for (let attempt = 1; ; attempt++) {
    const customer = "identity" in from ? await findSender(storage, channel, from) : from;
    requireAccess(customer, "conversation.open", null);
    const existing = await findExisting(storage, customer, key);
    try {
      if (existing) return await continueIn(storage, writer, customer, existing, incoming);
      if (!asked) await mayOpen?.();
      asked = true;
      return await create(storage, customer, incoming);
    } catch (error) {
      if (!isOvertaken(error, customer !== from) || attempt === attempts) throw error;
    }
  }
}

/** The customer whom a channel knows by this id, made when they come for the first time. */
async function findSender(
  storage: Storage,
  { organisationId, channelId }: Pick<Channel, "organisationId" | "channelId">,
  { identity, known }: Sender,
): Promise<Visitor> {
  const customerId = await storage.inOrganisation(organisationId, (transaction) =>
    customerOf(transaction, { organisationId, channelId }, identity, {
      name: null,
      email: null,
      language: null,
      ...known,
    }),
  );
  return { kind: "visitor", organisationId, channelId, customerId, testerId: null };
}

/** A customer who was looked up by their id may have been erased since: the same id is then somebody new. */
function isOvertaken(error: unknown, wasLookedUp: boolean): boolean {
  if (error instanceof Refusal) {
    return error.code === "conversation_closed" || (wasLookedUp && error.code === "sign_in_required");
  }
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
  { message, key, contact, connectionId = null }: Incoming,
): Promise<Received> {
  const { organisationId, customerId } = visitor;
  const occurrence = await messageOf(storage, visitor, { ...said(message), clientId: key });
  const { entry } = await writer.append({
    organisationId,
    conversationId: existing.id,
    clientId: key,
    author: { kind: "customer", userId: null, name: null },
    audience: "everybody",
    occurrence,
    principal: visitor,
    connectionId,
  });
  return storage.inOrganisation(organisationId, async (transaction) => {
    const changes = contact ? await leaveContact(transaction, visitor, existing.id, contact) : [];
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
    if (!row) throw new Error("A conversation that was just written to is gone.");
    return { conversation: row, entry, changes };
  });
}

async function create(
  storage: Storage,
  visitor: Visitor,
  { channel, message, key, source = {}, contact }: Incoming,
): Promise<Received> {
  const { organisationId, channelId, customerId, testerId } = visitor;
  const occurrence = await messageOf(storage, visitor, { ...said(message), clientId: key });
  return storage.inOrganisation(organisationId, async (transaction) => {
    await holdCustomer(transaction, visitor);
    if (testerId !== null) await requireRunningTest(transaction, visitor);
    const id = newId();
    const excerpt = occurrence.text.slice(0, 200).toWellFormed();
    const now = sql`statement_timestamp()`;
    // Who left an address before is not asked again, and is promised the same.
    const answersByMail =
      channel.capabilities.answersByMail &&
      (contact !== undefined ||
        ((await isReachable(transaction, visitor)) && !(await isStaffed(transaction, organisationId))));
    const queue =
      testerId === null
        ? await chooseQueue(transaction, {
            organisationId,
            channelId,
            customerId,
            page: source.page?.url ?? null,
            menu: source.menu ?? null,
            scene: source.scene ?? null,
            text: occurrence.text,
          })
        : inQueue(organisationId, { kind: "test", userId: testerId });
    const [row] = await transaction
      .insert(conversations)
      .values({
        id,
        channelId,
        customerId,
        ...queue,
        testerId,
        status: "waiting",
        head: 1,
        openedWith: key,
        pageUrl: source.page ? withoutSecrets(source.page.url) : null,
        pageTitle: source.page?.title ?? null,
        referrer: source.referrer ? withoutSecrets(source.referrer) : null,
        userAgent: source.userAgent?.slice(0, userAgentLimit).toWellFormed() ?? null,
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
      clientId: key,
      at: row.openedAt,
    };
    await insertEntry(transaction, row, entry);
    const fileId = fileIn(occurrence);
    if (fileId !== null) {
      const take = {
        organisationId,
        fileId,
        conversationId: id,
        clientId: key,
        userId: null,
        customerId,
      };
      const isTaken = await takeFiles(transaction, [take]);
      if (!isTaken(take)) throw new Refusal("file_unknown");
    }
    if (contact) await noteContact(transaction, visitor, contact);
    const joined = await moveLines(transaction, organisationId, [{ before: null, after: row }]);
    return {
      conversation: row,
      entry,
      changes: [
        ...joined,
        entriesChange(row, [entry]),
        ...(contact ? [customerChange(organisationId, [customerId])] : []),
      ],
    };
  });
}

/** Cuts a channel's text to the message limit and makes it well-formed. */
function said({ text, file }: Incoming["message"]): Incoming["message"] {
  return { text: text.replaceAll("\0", "").slice(0, messageLimit).toWellFormed(), file };
}

/** An address without a user name, a password and what stands behind #: where shops put what is nobody else's. */
function withoutSecrets(address: string): string {
  const url = new URL(address);
  url.username = "";
  url.password = "";
  url.hash = "";
  return url.href;
}
