import { sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from "vitest";
import { asOwner } from "../../../testing/checks/contents.ts";
import { customerDeeds, detailsIn, makeDesk } from "../../../testing/scenes/customers.ts";
import { freshDatabase } from "../../../testing/servers/databases.ts";
import { startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";
import { readMigrations } from "../../foundation/storage/migrations/files.ts";
import { prepareDatabase } from "../../foundation/storage/prepare-database.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";
import { customerOf, type Identity } from "./identities.ts";

let node: TestNode;
let desk: Awaited<ReturnType<typeof makeDesk>>;

beforeAll(async () => {
  node = await startTestNode();
  desk = await makeDesk(node);
});
afterAll(async () => {
  desk.close();
  await node.stop();
});

const nothing = { name: null, email: null, language: null };
const own = (externalId: string): Identity => ({ kind: "own", externalId, vouched: false });
const signed = (externalId: string): Identity => ({ kind: "signed", externalId, vouched: true });

function within<T>(work: (transaction: Transaction) => Promise<T>): Promise<T> {
  return node.services.storage.inOrganisation(desk.organisationId, work);
}
const come = (identity: Identity, known: { name?: string } = {}) =>
  within((transaction) => customerOf(transaction, desk, identity, { ...nothing, ...known }));

const detailsOf = async (customerId: string) =>
  detailsIn(await customerDeeds(node, desk.admin).of(customerId).read());

type Row = { external_id: string | null; kind: string | null; known_as: string | null };
const rowsOf = (customerId: string) =>
  within(async (transaction) => {
    const { rows } = await transaction.execute<Row>(sql`
      SELECT c.external_id, i.kind, i.external_id AS known_as
      FROM customers c LEFT JOIN customer_identities i ON i.customer_id = c.id WHERE c.id = ${customerId}`);
    return rows.map((row) => [row.external_id, row.kind, row.known_as]);
  });

describe("a customer's identity", () => {
  test("D1, D2: finds the same customer each time, with the name of today", async () => {
    const customerId = await come(own("somebody"), { name: "Mei" });
    expect(await come(own("somebody"))).toBe(customerId);
    expect((await detailsOf(customerId)).ownName).toBe("Mei");
    expect(await come(own("somebody"), { name: "Mei Lin" })).toBe(customerId);
    expect((await detailsOf(customerId)).ownName).toBe("Mei Lin");
    expect(await come({ ...own("somebody"), kind: "another" })).not.toBe(customerId);
  });

  test("D1, D2: that comes many times at once makes one customer", async () => {
    const count = () =>
      within(async (transaction) => {
        const { rows } = await transaction.execute<{ count: number }>(
          sql`SELECT count(*)::integer FROM customers`,
        );
        return rows[0]?.count ?? 0;
      });
    const before = await count();
    const found = await Promise.all(Array.from({ length: 12 }, () => come(own("at once"))));
    expect(new Set(found).size).toBe(1);
    expect(await count()).toBe(before + 1);
  });

  test("D1: makes them verified only where the organisation vouches for it, on every screen", async () => {
    const [known, vouched] = [
      await come(own("Zephyrine"), { name: "Zephyrine" }),
      await come(signed("Zephyrine"), { name: "Zephyrine" }),
    ];
    expect(vouched).not.toBe(known);
    expect((await detailsOf(known)).identified).toBe(false);
    expect((await detailsOf(vouched)).identified).toBe(true);
    const found = await customerDeeds(node, desk.admin).ask<{
      customers: { id: string; identified: boolean }[];
    }>("GET", "/api/customers?search=zephyrine");
    expect(
      typeof found === "string" ? found : new Map(found.customers.map((c) => [c.id, c.identified])),
    ).toEqual(
      new Map([
        [known, false],
        [vouched, true],
      ]),
    );
  });

  test("D1: stays with its own customer when two are merged, and says who vouches for the one who stays", async () => {
    const [survivor, merged] = [await come(own("stays")), await come(signed("joins"))];
    const { of } = customerDeeds(node, desk.admin);
    const details = detailsIn(await of(survivor).merge(merged));
    expect(details).toMatchObject({ id: survivor, identified: false });
    expect(await come(signed("joins"))).toBe(merged);
    expect(await rowsOf(merged)).toEqual([["joins", "signed", "joins"]]);
    await of(survivor).undo(details.merged[0]?.mergeId ?? "");
    expect((await detailsOf(merged)).identified).toBe(true);
  });
});

describe("beside nodes of the release before", () => {
  const oldInsert = (id: string, externalId: string) =>
    within((transaction) =>
      transaction.execute(sql`
        INSERT INTO customers (organisation_id, id, channel_id, external_id)
        VALUES (${desk.organisationId}, ${id}, ${desk.channelId}, ${externalId})
        ON CONFLICT (organisation_id, channel_id, external_id) WHERE external_id IS NOT NULL
        DO UPDATE SET name = COALESCE(excluded.name, customers.name) RETURNING id`),
    );

  test("D1: whom they identify is found here, and verified", async () => {
    const id = newId();
    await oldInsert(id, "known to the old one");
    expect(await come(signed("known to the old one"))).toBe(id);
    expect((await detailsOf(id)).identified).toBe(true);
  });

  test("D1: they find whom we identify", async () => {
    const id = await come(signed("known to the new one"));
    const { rows } = await oldInsert(newId(), "known to the new one");
    expect(rows).toEqual([{ id }]);
    const other = await come(own("of no channel of theirs"));
    expect(await rowsOf(other)).toEqual([[null, "own", "of no channel of theirs"]]);
  });

  test("D1, F4: whom one of the two forgets, the other does not know either", async () => {
    const theirs = await come(signed("forgotten there"));
    await within((transaction) =>
      transaction.execute(sql`UPDATE customers SET external_id = NULL WHERE id = ${theirs}`),
    );
    expect(await rowsOf(theirs)).toEqual([[null, null, null]]);
    const ours = await come(signed("forgotten here"));
    await within((transaction) =>
      transaction.execute(sql`DELETE FROM customer_identities WHERE customer_id = ${ours}`),
    );
    expect(await rowsOf(ours)).toEqual([[null, null, null]]);
  });
});

test("D1: whom the release before has identified is identified after the program is renewed", async () => {
  const old = await freshDatabase(inject("postgres"), null);
  onTestFinished(() => old.drop());
  const migrations = readMigrations();
  const before = migrations.findIndex(({ name }) => name.endsWith("_customer_identities"));
  await prepareDatabase(old.connection, { migrations: migrations.slice(0, before) });
  const many = 1_500;
  await asOwner(old.connection, (client) =>
    client.query(`
      INSERT INTO organisations (organisation_id, name) SELECT gen_random_uuid(), name FROM unnest(ARRAY['One', 'Two']) name;
      INSERT INTO channels (organisation_id, id, kind, name)
        SELECT organisation_id, gen_random_uuid(), 'webchat', 'Site' FROM organisations;
      INSERT INTO customers (organisation_id, id, channel_id, external_id)
        SELECT organisation_id, gen_random_uuid(), id, 'customer-' || number
        FROM channels, generate_series(1, ${many}) number;
      INSERT INTO customers (organisation_id, id, channel_id) SELECT organisation_id, gen_random_uuid(), id FROM channels`),
  );
  await prepareDatabase(old.connection);
  const { rows } = await asOwner(old.connection, (client) =>
    client.query(`
      SELECT count(*)::integer AS customers, count(i.*)::integer AS identified,
        count(*) FILTER (WHERE i.vouched AND i.kind = 'signed' AND i.external_id = c.external_id
          AND i.organisation_id = c.organisation_id AND i.channel_id = c.channel_id)::integer AS matched
      FROM customers c LEFT JOIN customer_identities i ON i.customer_id = c.id`),
  );
  expect(rows).toEqual([{ customers: 2 * many + 2, identified: 2 * many, matched: 2 * many }]);
});
