import { getTableName } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { dump } from "../../../testing/checks/dump.ts";
import { eventually } from "../../../testing/checks/eventually.ts";
import { everythingIndexed } from "../../../testing/checks/history.ts";
import { openSql } from "../../../testing/checks/stored.ts";
import { unzip } from "../../../testing/checks/unzip.ts";
import { customerDeeds, detailsIn, makeDesk, makeServed } from "../../../testing/scenes/customers.ts";
import { uploadFile } from "../../../testing/scenes/files.ts";
import { newClientId } from "../../../testing/scenes/people.ts";
import { startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";
import { type PersonalColumn, personalColumns } from "../../foundation/schema/personal-columns.ts";

/**
 * Each personal column is filled with a word of its own, past everything of ours. Then the list is held to what happens
 * to these words when their customer is exported, merged and erased. Each test has a database to itself, to search all of it.
 */
let node: TestNode;
let sql: Awaited<ReturnType<typeof openSql>>;
let desk: Awaited<ReturnType<typeof makeDesk>>;
let fieldId: string;

beforeEach(async () => {
  node = await startTestNode();
  sql = await openSql(node.databaseUrl);
  desk = await makeDesk(node);
  const field = { name: "City", kind: "text", choices: [] };
  const made = await customerDeeds(node, desk.admin).ask<{ fields: { id: string }[] }>(
    "POST",
    "/api/customer-fields",
    field,
  );
  fieldId = typeof made === "string" ? "" : (made.fields[0]?.id ?? "");
});
afterEach(async () => {
  desk.close();
  await sql.end();
  await node.stop();
});

const tableOf = ({ column }: PersonalColumn) => getTableName(column.table);
const nameOf = (one: PersonalColumn) => `${tableOf(one)}.${one.column.name}`;
/** Of longer words the index has the beginning alone. */
const longestTerm = 16;
function wordOf(one: PersonalColumn): string {
  // Pushes are those of a customer by the lane that they stand in.
  if (nameOf(one) === "inbox.lane") return "zqcustomeridentitiesexternalid";
  const word = `zq${nameOf(one).replaceAll(/[._]/g, "")}`;
  return tableOf(one) === "search_postings" ? word.slice(0, longestTerm) : word;
}

/** Which rows of a table are of the customer $1. */
const ofChats = "conversation_id IN (SELECT id FROM conversations WHERE customer_id = $1)";
const ofCustomer: Record<string, string> = {
  audit_entries: `target_id IN (SELECT id FROM mails WHERE ${ofChats})`,
  conversations: "customer_id = $1",
  customer_field_values: "customer_id = $1",
  customer_identities: "customer_id = $1",
  customer_merges: "survivor_id = $1",
  customer_notes: "customer_id = $1",
  customers: "id = $1",
  deliveries: ofChats,
  entries: `${ofChats} AND author_kind = 'customer' AND occurrence ->> 'kind' = 'message'`,
  files: "customer_id = $1",
  mails: ofChats,
};
/** A word in the form of the column, where that is not just text. */
const forms: Record<string, (word: string) => string> = {
  "conversations.first_file": (name) => JSON.stringify({ kind: "file", name }),
  "conversations.last_file": (name) => JSON.stringify({ kind: "file", name }),
  "mails.parameters": (name) => JSON.stringify({ name, organisation: "" }),
};
/** Columns with the customer's words and their index terms, which a change in the row would make unfindable. */
const said = (one: PersonalColumn) => ["entries.occurrence", "search_postings.term"].includes(nameOf(one));
const isInLane = (one: PersonalColumn) => tableOf(one) === "inbox";

/** A customer with a row of theirs in every table that has a personal column, and a word in each of these. */
async function makeMarked() {
  const one = await makeServed(node, desk.channelId, desk.agent, "Wisteria");
  const { customerId, conversationId } = one;
  const deeds = customerDeeds(node, desk.admin).of(customerId);
  detailsIn(await deeds.note("Noted"));
  detailsIn(await deeds.fill(fieldId, "Shanghai"));
  const holder = { token: one.visitor.token, channelId: desk.channelId };
  const file = await uploadFile(node, holder, { name: "order.txt", content: `${customerId} orders` });
  await one.visitor.request("message.send", {
    conversationId,
    clientId: newClientId(),
    text: personalColumns.filter(said).map(wordOf).join(" "),
    file: file.id,
  });
  await sql.query("UPDATE conversations SET answers_by_mail = true WHERE id = $1", [conversationId]);
  await desk.agent.request("message.send", { conversationId, clientId: newClientId(), text: "An answer" });
  const { rows } = await sql.query("SELECT id FROM mails WHERE conversation_id = $1", [conversationId]);
  await fetch(`${node.url}/api/mails/${rows[0].id}/retry`, {
    method: "POST",
    headers: { cookie: desk.admin.cookie, origin: node.url },
  });
  await sql.query(
    `WITH lane AS (INSERT INTO lanes (organisation_id, channel_id, customer_id) VALUES ($1, $2, $3))
     INSERT INTO deliveries (organisation_id, channel_id, customer_id, conversation_id, seq) VALUES ($1, $2, $3, $4, 1)`,
    [desk.organisationId, desk.channelId, customerId, conversationId],
  );
  const merged = await makeServed(node, desk.channelId, desk.agent);
  detailsIn(await deeds.merge(merged.customerId));
  await sql.query(
    `INSERT INTO customer_identities (organisation_id, channel_id, customer_id, kind, external_id, vouched)
     VALUES ($1, $2, $3, 'own', 'somebody', false)`,
    [desk.organisationId, desk.channelId, customerId],
  );
  await everythingIndexed(node);
  await mark(
    customerId,
    personalColumns.filter((column) => !said(column) && !isInLane(column)),
  );
  const pushed = personalColumns.filter(isInLane);
  await sql.query(
    `INSERT INTO inbox (organisation_id, channel_id, state, ${pushed.map(({ column }) => column.name).join(", ")})
     VALUES ($1, $2, 'failed', ${pushed.map((_, place) => `$${place + 3}`).join(", ")})`,
    [desk.organisationId, desk.channelId, ...pushed.map(wordOf)],
  );
  return one;
}

async function mark(customerId: string, columns: PersonalColumn[]): Promise<void> {
  for (const one of columns) {
    const word = wordOf(one);
    const { rowCount } = await sql.query(
      `UPDATE ${tableOf(one)} SET ${one.column.name} = $2 WHERE ${ofCustomer[tableOf(one)]}`,
      [customerId, forms[nameOf(one)]?.(word) ?? word],
    );
    expect(rowCount, nameOf(one)).toBeGreaterThan(0);
  }
}

/** The words of these columns that are found in a text. */
const foundIn = (text: string, columns: readonly PersonalColumn[]) =>
  columns.filter((one) => text.includes(wordOf(one))).map(nameOf);

describe("F4: what is kept of a customer, column by column", () => {
  test("F4: the export has every personal column but those that the list excuses", async () => {
    const { customerId } = await makeMarked();
    const archive = async () => {
      const answer = await fetch(`${node.url}/api/customers/${customerId}/export`, {
        headers: { cookie: desk.admin.cookie },
      });
      const files = unzip(Buffer.from(await answer.arrayBuffer()));
      return [...files].map(([path, content]) => `${path}\n${content.toString()}`).join("\n");
    };
    const wanted = personalColumns.filter(({ exported }) => exported === true);
    expect(foundIn(await archive(), wanted)).toEqual(wanted.map(nameOf));
    // Also of somebody who was merged into another one, whom the panel shows.
    const survivor = await makeServed(node, desk.channelId, desk.agent, "Juniper");
    detailsIn(await customerDeeds(node, desk.admin).of(survivor.customerId).merge(customerId));
    await sql.query("UPDATE customers SET team_name = 'Juniper', phone = NULL WHERE id = $1", [
      survivor.customerId,
    ]);
    const own = wanted.filter((one) => tableOf(one) === "customers");
    expect(foundIn(await archive(), own)).toEqual(own.map(nameOf));
  });

  test("F4: erasing leaves nothing in any personal column", async () => {
    const { customerId } = await makeMarked();
    const before = await dump(sql);
    const inTheirTables = personalColumns.filter((one) =>
      before.split("\n").some((row) => row.startsWith(`${tableOf(one)} `) && row.includes(wordOf(one))),
    );
    expect(inTheirTables).toEqual(personalColumns);
    await fetch(`${node.url}/api/customers/${customerId}/erasure`, {
      method: "POST",
      headers: { cookie: desk.admin.cookie, origin: node.url },
    });
    await eventually(async () => {
      const { rows } = await sql.query("SELECT erased_at FROM customers WHERE id = $1", [customerId]);
      expect(rows[0].erased_at).not.toBeNull();
    });
    expect(foundIn(await dump(sql), personalColumns)).toEqual([]);
  });

  test("C9: a merge lends what the list says to somebody who has nothing, and undoing takes the same back", async () => {
    const columns = personalColumns.filter(
      (one) =>
        tableOf(one) === "customers" || (tableOf(one).startsWith("customer_") && one.erase === "removed"),
    );
    const [survivor, merged] = [
      await makeServed(node, desk.channelId, desk.agent),
      await makeServed(node, desk.channelId, desk.agent),
    ];
    const deeds = customerDeeds(node, desk.admin);
    detailsIn(await deeds.of(merged.customerId).note("Noted"));
    detailsIn(await deeds.of(merged.customerId).fill(fieldId, "Shanghai"));
    await mark(merged.customerId, columns);
    const held = async (customerId: string) => {
      const found = columns.map(async (one) => {
        const { rows } = await sql.query(
          `SELECT FROM ${tableOf(one)} WHERE ${ofCustomer[tableOf(one)]} AND ${one.column.name} = $2`,
          [customerId, wordOf(one)],
        );
        return rows.length > 0 ? [nameOf(one)] : [];
      });
      return (await Promise.all(found)).flat();
    };
    const all = columns.map(nameOf);
    const details = detailsIn(await deeds.of(survivor.customerId).merge(merged.customerId));
    expect(await held(survivor.customerId)).toEqual(
      columns.filter(({ merge }) => merge === "lent").map(nameOf),
    );
    expect(await held(merged.customerId)).toEqual(all);
    expect(await deeds.of(survivor.customerId).undo(details.merged[0]?.mergeId ?? "")).toEqual({});
    expect([await held(survivor.customerId), await held(merged.customerId)]).toEqual([[], all]);
  });
});
