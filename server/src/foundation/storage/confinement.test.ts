import pg from "pg";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { findLeaks } from "../../../testing/checks/tenancy.ts";
import { freshDatabase } from "../../../testing/servers/databases.ts";

let database: Awaited<ReturnType<typeof freshDatabase>>;
let client: pg.Client;

beforeAll(async () => {
  database = await freshDatabase(inject("postgres"));
  client = new pg.Client(database.connection);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

test("H2: no table, key, foreign key, policy or function lets one organisation reach another's rows", async () => {
  expect(await findLeaks(client)).toEqual([]);
});

const table = (columns: string) =>
  `CREATE TABLE tried (organisation_id uuid NOT NULL REFERENCES organisations, ${columns})`;
const confinedTable = [
  table("id uuid, PRIMARY KEY (organisation_id, id), UNIQUE (organisation_id, id)"),
  "SELECT grata_confine('tried')",
];

/** Mistakes that a migration could bring, and what the check says to each. */
const mistakes: Record<string, { made: string[]; found: string }> = {
  "a table without a policy": {
    made: [table("id uuid, PRIMARY KEY (organisation_id, id)")],
    found: "tried is not confined.",
  },
  "a table whose owner is not bound": {
    made: [...confinedTable, "ALTER TABLE tried NO FORCE ROW LEVEL SECURITY"],
    found: "tried is not confined.",
  },
  "a table whose policies are switched off": {
    made: [...confinedTable, "ALTER TABLE tried DISABLE ROW LEVEL SECURITY"],
    found: "tried is not confined.",
  },
  "a table without an organisation": {
    made: ["CREATE TABLE tried (id uuid)"],
    found: "tried has no organisation_id.",
  },
  "a table in another schema that the application may read": {
    made: [
      "CREATE SCHEMA aside",
      "CREATE TABLE aside.tried (id uuid)",
      "GRANT USAGE ON SCHEMA aside TO grata_application",
      "GRANT SELECT ON aside.tried TO grata_application",
    ],
    found: "aside.tried is not confined.",
  },
  "a listed table that is confined after all": {
    made: [
      "ALTER TABLE set_up_links ADD organisation_id uuid NOT NULL",
      "SELECT grata_confine('set_up_links')",
    ],
    found: "set_up_links is listed as not confined, and is not a table without a policy.",
  },
  "a role that row security does not bind": {
    made: ["ALTER ROLE grata_application BYPASSRLS"],
    found: "The two roles are not what they should be.",
  },
  "a role that inherits another's rights": {
    made: ["GRANT pg_read_all_data TO grata_application"],
    found: "The two roles are not what they should be.",
  },
  "a view, which sees what its owner sees": {
    made: ["CREATE VIEW tried AS SELECT * FROM users"],
    found: "tried is not confined.",
  },
  "a second policy that lets more through": {
    made: [...confinedTable, "CREATE POLICY more ON tried USING (true)"],
    found: "The policy more of tried is another one than that of the tenants.",
  },
  "a policy that only reads are bound by": {
    made: ["DROP POLICY organisation ON users", "CREATE POLICY organisation ON users WITH CHECK (true)"],
    found: "The policy organisation of users is another one than that of the tenants.",
  },
  "the right to empty a table": {
    made: ["GRANT TRUNCATE ON users TO grata_application"],
    found: "The application may go around the policies of users.",
  },
  "a unique key without the organisation": {
    made: ["CREATE UNIQUE INDEX tried ON customers (id)"],
    found: "The key tried does not lead with the organisation.",
  },
  "a foreign key without the organisation": {
    made: [...confinedTable, "ALTER TABLE tried ADD FOREIGN KEY (id) REFERENCES channels (id)"],
    found: "The foreign key tried.tried_id_fkey does not contain the organisation.",
  },
  "a foreign key that pairs the organisation with something else": {
    made: [
      ...confinedTable,
      "ALTER TABLE tried ADD CONSTRAINT crossed FOREIGN KEY (id, organisation_id) REFERENCES users",
    ],
    found: "The foreign key tried.crossed does not contain the organisation.",
  },
  "rows of no organisation that exists": {
    made: ["CREATE TABLE tried (organisation_id uuid PRIMARY KEY)", "SELECT grata_confine('tried')"],
    found: "Nothing ties the rows of tried to an organisation that exists.",
  },
  "a function with its owner's rights that is not listed": {
    made: ["CREATE FUNCTION tried() RETURNS int LANGUAGE sql SECURITY DEFINER RETURN 1"],
    found: "The function tried is not listed.",
  },
  "a listed function that looks for tables where its caller says": {
    made: ["ALTER FUNCTION system_channel RESET search_path"],
    found: "The function system_channel has no fixed search_path.",
  },
  "a listed function that belongs to a superuser": {
    made: ["ALTER FUNCTION system_channel OWNER TO CURRENT_USER"],
    found: "The function system_channel is open to others, or owned by another role.",
  },
  "a listed function that anybody may call": {
    made: ["GRANT EXECUTE ON FUNCTION system_channel TO PUBLIC"],
    found: "The function system_channel is open to others, or owned by another role.",
  },
  "a listed function that is gone": {
    made: ["DROP FUNCTION system_channel"],
    found: "The function system_channel is listed and does not exist.",
  },
};

describe("H2: the check finds", () => {
  test.each(Object.keys(mistakes))("%s", async (mistake) => {
    const { made, found } = mistakes[mistake] ?? { made: [], found: "" };
    await client.query("BEGIN");
    try {
      for (const statement of made) await client.query(statement);
      expect(await findLeaks(client)).toContain(found);
    } finally {
      await client.query("ROLLBACK");
    }
  });
});
