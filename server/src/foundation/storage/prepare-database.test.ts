import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from "vitest";
import { asOwner } from "../../../testing/checks/contents.ts";
import { problemOf } from "../../../testing/checks/problem.ts";
import { findLeaks } from "../../../testing/checks/tenancy.ts";
import { createDatabase, databaseUrl, freshDatabase } from "../../../testing/servers/databases.ts";
import { runProgram } from "../../../testing/servers/program.ts";
import { prepareDatabase, versionProblem } from "./prepare-database.ts";

let database: Awaited<ReturnType<typeof freshDatabase>>;

beforeAll(async () => {
  database = await freshDatabase(inject("postgres"));
});
afterAll(() => database.drop());

/** A port on which nothing listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

const unreachable: Record<string, { connection: () => Promise<object>; problem: RegExp }> = {
  "a host that does not exist": {
    connection: async () => ({ host: "nowhere.invalid", port: 5432 }),
    problem: /^The host in DATABASE_URL cannot be found; correct its name\.$/,
  },
  "a port on which nothing listens": {
    connection: async () => ({ host: "127.0.0.1", port: await closedPort() }),
    problem: /^PostgreSQL cannot be reached at the address in DATABASE_URL \(.*ECONNREFUSED.*\); check that/,
  },
  "a wrong password": {
    connection: async () => ({ password: "not this one" }),
    problem: /^PostgreSQL refused the user name or password in DATABASE_URL; correct them\.$/,
  },
  "a user who does not exist": {
    connection: async () => ({ user: "nobody_of_that_name" }),
    problem: /^PostgreSQL refused the user name or password in DATABASE_URL; correct them\.$/,
  },
  "a database that does not exist": {
    connection: async () => ({ database: "no_such_database" }),
    problem: /^The database named in DATABASE_URL does not exist; create it or correct the name\.$/,
  },
};

describe("a DATABASE_URL that does not work, in one sentence", () => {
  test.each(Object.keys(unreachable))("H1: %s", async (mistake) => {
    const { connection, problem } = unreachable[mistake] ?? {
      connection: async () => ({}),
      problem: /never/,
    };
    const wrong = { ...database.connection, ...(await connection()) };
    expect(await problemOf(prepareDatabase(wrong))).toMatch(problem);
  });

  test("H1: the whole program prints that sentence and nothing else, and exits with 1", async () => {
    const url = new URL(database.url);
    url.password = "not this one";
    const ended = await runProgram({ DATABASE_URL: url.href }).ended;
    expect(ended).toEqual({
      code: 1,
      stdout: "",
      stderr: "PostgreSQL refused the user name or password in DATABASE_URL; correct them.\n",
    });
  });

  test("H1: the same without a server there at all", async () => {
    const url = `postgresql://grata:secret@127.0.0.1:${await closedPort()}/grata`;
    const { code, stdout, stderr } = await runProgram({ DATABASE_URL: url }).ended;
    expect(code).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^PostgreSQL cannot be reached [^\n]*\.\n$/);
    expect(stderr).not.toContain("secret");
  });
});

describe("the server's version", () => {
  test("H1: from 15 on it will do", () => {
    expect(versionProblem(150_000)).toBeNull();
    expect(versionProblem(180_004)).toBeNull();
  });

  test("H1: an older one is named in one sentence", () => {
    expect(versionProblem(140_022)).toBe("This PostgreSQL is version 14; Grata needs version 15 or newer.");
    expect(versionProblem(90_624)).toBe("This PostgreSQL is version 9; Grata needs version 15 or newer.");
  });
});

describe("migrations", () => {
  async function emptyDatabase() {
    const name = `empty_${crypto.randomUUID().slice(0, 8)}`;
    const server = inject("postgres");
    await createDatabase(server, name, null);
    const connection = { ...server, database: name };
    onTestFinished(() =>
      asOwner({ ...server, database: "postgres" }, async (client) => {
        await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
      }),
    );
    return connection;
  }

  test("H1: nodes that start on an empty database at the same moment all succeed", async () => {
    const connection = await emptyDatabase();
    await Promise.all(Array.from({ length: 6 }, () => prepareDatabase(connection)));
    expect(await asOwner(connection, findLeaks)).toEqual([]);
  });

  test("H1: an empty database is brought to its schema without a word to the operator", async () => {
    const said: string[] = [];
    await prepareDatabase(await emptyDatabase(), { say: (sentence) => said.push(sentence) });
    expect(said).toEqual([]);
  });

  test("H1: a second start finds nothing to do", async () => {
    const connection = await emptyDatabase();
    const applied = () =>
      asOwner(
        connection,
        async (client) => (await client.query("SELECT * FROM drizzle.__drizzle_migrations ORDER BY id")).rows,
      );
    await prepareDatabase(connection);
    const once = await applied();
    await prepareDatabase(connection);
    expect(once.length).toBeGreaterThan(0);
    expect(await applied()).toEqual(once);
  });

  test("H1: a database that a newer program has changed is refused, before anything is changed or served", async () => {
    const connection = await emptyDatabase();
    await prepareDatabase(connection);
    const before = await asOwner(connection, async (client) => {
      await client.query("INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ('later', $1)", [
        Date.now(),
      ]);
      return (await client.query("SELECT * FROM drizzle.__drizzle_migrations ORDER BY id")).rows;
    });
    const problem = await problemOf(prepareDatabase(connection));
    expect(problem).toBe(
      `A newer Grata has changed this database (1 of its ${before.length} steps are unknown to this one): start that version again, or restore a backup from before the upgrade.`,
    );
    const { code, stdout, stderr } = await runProgram({ DATABASE_URL: databaseUrl(connection) }).ended;
    expect([code, stdout, stderr]).toEqual([1, "", `${problem}\n`]);
    const after = await asOwner(
      connection,
      async (client) => (await client.query("SELECT * FROM drizzle.__drizzle_migrations ORDER BY id")).rows,
    );
    expect(after).toEqual(before);
  });
});
