import { Readable } from "node:stream";
import type { Language } from "@grata/contract/languages";
import { and, asc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { noteAudit } from "../../domains/audit/note.ts";
import { readDetails } from "../../domains/customer-records/read.ts";
import { findPerson } from "../../domains/customers/person.ts";
import { referenceOf } from "../../domains/customers/shown.ts";
import { isOfCustomers } from "../../domains/inbox/of-customers.ts";
import { ContentMissing, type FileStore } from "../../domains/media/store/port.ts";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { customerIdentities } from "../../foundation/schema/customers.ts";
import { inbox } from "../../foundation/schema/inbox.ts";
import { visitorTokens } from "../../foundation/schema/webchat.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { asHtml } from "../transcripts/as-html.ts";
import { transcriptName } from "../transcripts/download.ts";
import { dataJson } from "./data-json.ts";
import { type ExportedFile, readChats, readFiles, type Whose } from "./read-chats.ts";
import { type ZipEntry, zipOf } from "./zip.ts";

/**
 * Everything that is kept of a person as one archive: a page for each chat, the files, and all of it as data. It is made
 * while it is sent, a page of entries and a file at a time, however much it is. Throws `customer_unknown`.
 */
export async function exportCustomer(
  storage: Storage,
  store: FileStore,
  asker: Asker,
  { customerId, language, timeZone }: { customerId: string; language: Language; timeZone: string },
): Promise<{ name: string; mediaType: string; content: Readable }> {
  const admin = requireUser(asker, "customers.export");
  const { organisationId } = admin;
  const found = await storage.inOrganisation(organisationId, async (transaction) => {
    const person = await findPerson(transaction, admin, "customer.read", customerId);
    const { survivor, members } = person;
    const target = { id: survivor.id, name: referenceOf(survivor.id) };
    await noteAudit(transaction, organisationId, admin, "customer.exported", target);
    const customerIds = members.map(({ id }) => id);
    const browsers = await countBrowsers(transaction, { organisationId, customerIds });
    const identities = await readIdentities(transaction, { organisationId, customerIds });
    const pushes = await readInbox(transaction, { organisationId, customerIds });
    return { person, customer: await readDetails(transaction, person), browsers, identities, inbox: pushes };
  });
  const { survivor, members } = found.person;
  const whose = { organisationId, customerIds: members.map(({ id }) => id) };
  const missing: string[] = [];

  async function* entries(): AsyncGenerator<ZipEntry> {
    for await (const { transcript } of readChats(storage, whose, timeZone)) {
      const { id } = transcript.head;
      const page = asHtml(transcript, language, (file) => `../${pathOf(file)}`);
      yield text(`transcripts/${transcriptName(transcript)}-${id}.html`, page);
      for await (const file of readFiles(storage, { organisationId, conversationId: id })) {
        const content = await openContent(store, { organisationId, hash: file.hash });
        if (content) yield { path: pathOf(file), content, isPacked: file.kind !== "file" };
        else missing.push(file.id);
      }
    }
    const chats = readChats(storage, whose, timeZone);
    const data = { customer: found.customer, members: members.map(present), inbox: found.inbox, chats };
    yield text("data.json", dataJson({ ...data, missingFiles: () => missing }));
  }

  function present(member: (typeof members)[number]) {
    const { id, name, email, teamName, teamEmail, phone, language: speaks, createdAt } = member;
    const identities = found.identities.get(id) ?? [];
    const externalId = identities.find(({ vouched }) => vouched)?.externalId ?? null;
    const own = { id, externalId, identities, name, email, teamName, teamEmail, phone, language: speaks };
    return { ...own, createdAt: createdAt.getTime(), browsers: found.browsers.get(id) ?? 0 };
  }

  const name = `customer-${referenceOf(survivor.id)}.zip`;
  return { name, mediaType: "application/zip", content: zipOf(entries()) };
}

const text = (path: string, content: AsyncIterable<string>): ZipEntry => ({
  path,
  content: Readable.from(content, { objectMode: false }),
  isPacked: false,
});

/** Where a file lies in the archive: its id keeps it apart from others of its name, which no system takes ill. */
const pathOf = ({ id, name }: Pick<ExportedFile, "id" | "name">) =>
  `files/${id}-${name
    .replaceAll(/[<>:"/\\|?*\p{Cc}]/gu, "_")
    .slice(-100)
    .toWellFormed()}`;

async function openContent(
  store: FileStore,
  key: { organisationId: string; hash: string },
): Promise<Readable | null> {
  try {
    return await store.read(key);
  } catch (error) {
    // What the store has lost must not keep the rest from whoever asks for it.
    if (error instanceof ContentMissing) return null;
    throw error;
  }
}

async function countBrowsers(
  transaction: Transaction,
  { organisationId, customerIds }: Whose,
): Promise<Map<string, number>> {
  const rows = await transaction
    .select({ id: visitorTokens.customerId, browsers: sql<number>`count(*)::integer` })
    .from(visitorTokens)
    .where(
      and(eq(visitorTokens.organisationId, organisationId), inArray(visitorTokens.customerId, customerIds)),
    )
    .groupBy(visitorTokens.customerId);
  return new Map(rows.map(({ id, browsers }) => [id, browsers]));
}

async function readIdentities(transaction: Transaction, { organisationId, customerIds }: Whose) {
  const rows = await transaction
    .select()
    .from(customerIdentities)
    .where(
      and(
        eq(customerIdentities.organisationId, organisationId),
        inArray(customerIdentities.customerId, customerIds),
      ),
    )
    .orderBy(asc(customerIdentities.kind), asc(customerIdentities.externalId));
  const present = ({ kind, externalId, vouched }: (typeof rows)[number]) => ({ kind, externalId, vouched });
  return new Map(
    [...Map.groupBy(rows, ({ customerId }) => customerId)].map(([id, ofCustomer]) => [
      id,
      ofCustomer.map(present),
    ]),
  );
}

/** Pushes that are in no chat: not received yet, or not receivable. */
async function readInbox(transaction: Transaction, whose: Whose) {
  const rows = await transaction
    .select({ at: inbox.at, state: inbox.state, body: inbox.body })
    .from(inbox)
    .where(and(isOfCustomers(whose), isNotNull(inbox.body)))
    .orderBy(asc(inbox.id));
  return rows.map(({ at, state, body }) => ({ at: at.getTime(), state, body: body ?? "" }));
}
