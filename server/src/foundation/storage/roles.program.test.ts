import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { asOwner } from "../../../testing/checks/contents.ts";
import { problemOf } from "../../../testing/checks/problem.ts";
import { findLeaks } from "../../../testing/checks/tenancy.ts";
import { connectAgent, connectVisitor, newClientId } from "../../../testing/scenes/people.ts";
import { startCluster, type TestCluster } from "../../../testing/servers/cluster.ts";
import { databaseUrl } from "../../../testing/servers/databases.ts";
import { makeOrganisation, startTestNode } from "../../../testing/servers/test-node.ts";
import { prepareDatabase } from "./prepare-database.ts";

let cluster: TestCluster;
let tries = 0;

beforeAll(async () => {
  cluster = await startCluster();
});
afterAll(() => cluster.stop());

const dropRoles = "DROP ROLE IF EXISTS grata_application, grata_system";

/** A user with these rights and an empty database, which is theirs unless another owner is named. */
async function makeUser(rights: string, owner?: string) {
  const user = `user${++tries}`;
  const database = `database${tries}`;
  await cluster.run(
    `CREATE ROLE ${user} LOGIN PASSWORD 'secret' ${rights}`,
    `CREATE DATABASE ${database} OWNER ${owner ?? user}`,
  );
  onTestFinished(async () => {
    await cluster.run(`DROP DATABASE ${database} WITH (FORCE)`);
    await cluster.run(dropRoles, `DROP ROLE ${user}`);
  });
  return { ...cluster.server, user, password: "secret", database };
}

const create = ["CREATE ROLE grata_application NOLOGIN;", "CREATE ROLE grata_system NOLOGIN;"];
const grant = (user: string) => `GRANT grata_application, grata_system TO "${user}";`;
const recipe = (...statements: string[]) =>
  `The user in DATABASE_URL may not make or take the roles that confine Grata; let an administrator of the database run once: ${statements.join(" ")}`;

describe("the user of DATABASE_URL", () => {
  test("H1, H2: one who may make no roles is told what an administrator must run; then it works whole", async () => {
    const connection = await makeUser("");
    const statements = [...create, grant(connection.user)];
    expect(await problemOf(prepareDatabase(connection))).toBe(recipe(...statements));

    await cluster.run(...statements);
    const node = await startTestNode({ databaseUrl: databaseUrl(connection) });
    const organisation = await makeOrganisation(node);
    const agent = await connectAgent(node, organisation.organisationId);
    const visitor = await connectVisitor(node, organisation.channelId);
    const asked = { clientId: newClientId(), text: "Is anybody there?" };
    const { conversation } = await visitor.request("conversation.open", asked);
    const claimed = await agent.request("conversation.claim", { conversationId: conversation.id });
    expect(claimed.conversation.last.text).toBe("Is anybody there?");
    agent.close();
    visitor.close();
    await node.stop();
    expect(await asOwner(connection, findLeaks)).toEqual([]);
  });

  test("H1, H2: one who may make roles needs no help", async () => {
    const connection = await makeUser("CREATEROLE");
    await prepareDatabase(connection);
    expect(await asOwner(connection, findLeaks)).toEqual([]);
    await prepareDatabase(connection);
  });

  test("H1: one who has the roles of somebody else's Grata, but not for themselves, is told the recipe", async () => {
    const connection = await makeUser("");
    await cluster.run(...create);
    expect(await problemOf(prepareDatabase(connection))).toBe(recipe(grant(connection.user)));
    await cluster.run(grant(connection.user));
    await prepareDatabase(connection);
  });

  test("H1: one who may make no tables in the database is told so", async () => {
    const connection = await makeUser("", "grata");
    await cluster.run(...create, grant(connection.user));
    expect(await problemOf(prepareDatabase(connection))).toBe(
      `The user in DATABASE_URL may not make tables in this database; let an administrator run once: ALTER DATABASE "${connection.database}" OWNER TO "${connection.user}";`,
    );
    await cluster.run(`ALTER DATABASE ${connection.database} OWNER TO ${connection.user}`);
    await prepareDatabase(connection);
  });
});

const unbound: Record<string, string> = {
  "may log in": "ALTER ROLE grata_application LOGIN",
  "bypasses row security": "ALTER ROLE grata_application BYPASSRLS",
  "is a superuser": "ALTER ROLE grata_application SUPERUSER",
  "may make roles": "ALTER ROLE grata_application CREATEROLE",
  "belongs to another role": "GRANT pg_read_all_data TO grata_application",
};

describe("a grata_application that cannot be confined", () => {
  test.each(Object.keys(unbound))("H2: it %s", async (mistake) => {
    const connection = await makeUser("SUPERUSER");
    await prepareDatabase(connection);
    await cluster.run(unbound[mistake] ?? "");
    expect(await problemOf(prepareDatabase(connection))).toMatch(
      /^The role grata_application cannot be confined: .*; take those rights from it\.$/,
    );
  });

  test("H2: it owns a table", async () => {
    const connection = await makeUser("SUPERUSER");
    await prepareDatabase(connection);
    await asOwner(connection, (client) => client.query("ALTER TABLE entries OWNER TO grata_application"));
    expect(await problemOf(prepareDatabase(connection))).toMatch(
      /^The role grata_application cannot be confined: .*; take those rights from it\.$/,
    );
  });
});
