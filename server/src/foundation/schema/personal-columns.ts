import { getTableColumns } from "drizzle-orm";
import type { PgColumn, PgTable, PgUpdateSetSource } from "drizzle-orm/pg-core";
import { auditEntries } from "./audit.ts";
import { conversations, entries } from "./conversations.ts";
import {
  customerFieldValues,
  customerIdentities,
  customerMerges,
  customerNotes,
  customers,
  customerTags,
} from "./customers.ts";
import { deliveries } from "./deliveries.ts";
import { searchPostings } from "./history.ts";
import { inbox } from "./inbox.ts";
import { mails } from "./mails.ts";
import { files } from "./media.ts";
import { visitorTokens } from "./webchat.ts";

/**
 * A column that holds what customers said or what is known of them, and what happens to it. Erasing takes these columns
 * from here; a test holds the export and the merges to them, and another one the whole schema: a column that is in
 * neither of the lists of this file fails it.
 */
export type PersonalColumn = {
  column: PgColumn;
  /** `emptied`: in its row, which stays, without a name. `removed`: its row goes. */
  erase: "emptied" | "removed";
  /** True: the export of a customer has it. Else why not. */
  exported: true | string;
  /** `lent`: a merge gives it to a survivor who has none, and takes it back when it is undone. `kept`: each keeps theirs. */
  merge: "lent" | "kept";
};

type Handling = Omit<PersonalColumn, "column">;
const exported = true;
const copy = (of: string) => `It is a copy of ${of}, which is exported.`;

const column = (of: PgColumn, handling: Partial<Handling> & Pick<Handling, "erase">): PersonalColumn => ({
  column: of,
  exported,
  merge: "kept",
  ...handling,
});

/** Every column with something of customers in it. */
export const personalColumns: readonly PersonalColumn[] = [
  column(customers.name, { erase: "emptied" }),
  column(customers.email, { erase: "emptied" }),
  column(customers.externalId, { erase: "emptied", exported: copy("an identity") }),
  column(customers.language, { erase: "emptied" }),
  column(customers.teamName, { erase: "emptied", merge: "lent" }),
  column(customers.teamEmail, { erase: "emptied" }),
  column(customers.phone, { erase: "emptied", merge: "lent" }),
  column(customerMerges.filledName, { erase: "emptied", exported: copy("the survivor's name") }),
  column(customerMerges.filledPhone, { erase: "emptied", exported: copy("the survivor's phone") }),
  column(customerIdentities.externalId, { erase: "removed" }),
  column(customerNotes.text, { erase: "removed" }),
  column(customerFieldValues.value, { erase: "removed", merge: "lent" }),
  column(conversations.pageUrl, { erase: "emptied" }),
  column(conversations.pageTitle, { erase: "emptied" }),
  column(conversations.referrer, { erase: "emptied" }),
  column(conversations.userAgent, { erase: "emptied" }),
  column(conversations.firstText, { erase: "emptied", exported: copy("an entry") }),
  column(conversations.lastText, { erase: "emptied", exported: copy("an entry") }),
  column(conversations.firstFile, { erase: "emptied", exported: copy("an entry") }),
  column(conversations.lastFile, { erase: "emptied", exported: copy("an entry") }),
  column(entries.occurrence, { erase: "emptied" }),
  column(entries.authorName, { erase: "emptied" }),
  column(entries.deliveryReason, {
    erase: "emptied",
    exported: "It is the answer of the channel's platform.",
  }),
  column(files.name, { erase: "removed" }),
  column(files.mediaType, { erase: "removed", exported: copy("an entry") }),
  column(mails.recipient, { erase: "removed" }),
  column(mails.parameters, { erase: "removed", exported: "It holds the organisation's name." }),
  column(mails.lastError, { erase: "removed", exported: "It is the answer of our mail server." }),
  column(deliveries.lastError, { erase: "removed", exported: "It is the answer of the channel's platform." }),
  column(inbox.body, { erase: "removed" }),
  column(inbox.lane, { erase: "removed", exported: copy("an identity") }),
  column(inbox.key, { erase: "removed", exported: "It tells one push from another." }),
  column(searchPostings.term, { erase: "removed", exported: copy("an entry, in pieces") }),
  column(auditEntries.targetName, {
    erase: "emptied",
    exported:
      "It is what admins did. Of customers it holds a reference, and the address that a mail went to.",
  }),
];

/** Rows that go as a whole at once when their customer is erased, whatever stands in them. */
export const rowsOfCustomers = [
  visitorTokens,
  customerIdentities,
  customerNotes,
  customerTags,
  customerFieldValues,
] as const;

/** Columns of tables with something of customers in them that hold nothing of it themselves, and why. */
export const impersonalColumns: Record<string, string> = {
  "audit_entries.action": "A word of the contract.",
  "audit_entries.actor_name": "A user's name.",
  "audit_entries.address": "The network address of a user.",
  "audit_entries.by": "A word of the contract.",
  "audit_entries.changes": "Of customers it names the fields that were changed, never their values.",
  "conversations.last_author": "A word of the contract.",
  "conversations.status": "A word of the contract.",
  "customer_identities.kind": "A word of the channel.",
  "customer_merges.user_name": "A user's name.",
  "customer_notes.user_name": "A user's name; the row is removed.",
  "entries.audience": "A word of the contract.",
  "entries.author_kind": "A word of the contract.",
  "entries.delivery": "A word of the contract.",
  "file_contents.hash": "A hash; the content goes when no file refers to it any more.",
  "files.content_hash": "A hash; the row is removed, and frees the content.",
  "files.kind": "A word of the contract; the row is removed.",
  "files.thumbnail_hash": "A hash; the row is removed, and frees the content.",
  "inbox.last_error": "Why a push could not be received, without a word of what it says.",
  "inbox.state": "A word of the program.",
  "mails.kind": "A word of the contract.",
  "mails.language": "The language of a mail's fixed words; the row is removed.",
  "mails.state": "A word of the contract.",
  "pushes.kind": "A word of the contract.",
  "visitor_tokens.token_hash": "The hash of a secret; the row is removed.",
};

/** Tables without anything of customers, and what they hold. */
export const tablesWithoutCustomers: Record<string, string> = {
  agent_identities: "Names under which customers see users.",
  authenticators: "Second factors of users.",
  avatars: "Pictures under which customers see users.",
  channels: "Connected accounts and sites of the organisation.",
  custom_fields: "Names and choices that the organisation made up.",
  link_tokens: "Hashes of links to users.",
  links: "Links to users.",
  list_versions: "Versions of lists, by the ids of users and queues.",
  logos: "Pictures of organisations.",
  organisations: "The organisation itself.",
  own_hosts: "Host names of organisations.",
  passkey_challenges: "Challenges to users.",
  passkeys: "Second factors of users.",
  pending_sign_ins: "Users who are signing in.",
  push_keys: "Keys of organisations.",
  push_subscriptions: "Browsers of users.",
  quick_replies: "Texts that the team prepared.",
  recovery_codes: "Second factors of users.",
  routing: "Rules that the team made up; keywords and patterns, never a customer's words.",
  sessions: "Browsers of users.",
  set_up_links: "The link that sets up an installation.",
  tags: "Names that the team made up: a tag says nothing without whom it is given to.",
  user_groups: "Groups of users.",
  user_identities: "Under which identity customers see each user.",
  users: "The team.",
  webchat_settings: "Settings of web chats.",
};

/** Values that erase a customer from a row: null or empty for each column that is emptied. */
export function emptied<Table extends PgTable>(table: Table): PgUpdateSetSource<Table> {
  const fields = Object.entries<PgColumn>(getTableColumns(table));
  const values = personalColumns
    .filter(({ column, erase }) => column.table === table && erase === "emptied")
    .map(({ column }) => [
      fields.find(([, field]) => field === column)?.[0] ?? "",
      column.notNull ? "" : null,
    ]);
  return Object.fromEntries(values) as PgUpdateSetSource<Table>;
}
