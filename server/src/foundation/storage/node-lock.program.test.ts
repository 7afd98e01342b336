import { afterEach, beforeEach, describe, expect, inject, onTestFinished, test } from "vitest";
import { asOwner } from "../../../testing/checks/contents.ts";
import { eventually } from "../../../testing/checks/eventually.ts";
import { problemOf } from "../../../testing/checks/problem.ts";
import { freshDatabase } from "../../../testing/servers/databases.ts";
import { runProgram } from "../../../testing/servers/program.ts";
import { startTestNode } from "../../../testing/servers/test-node.ts";
import type { StartupProblem } from "../configuration/startup-problem.ts";
import { takeNodeLock } from "./node-lock.ts";

const taken =
  "Another Grata already uses this database; to run several nodes, give each of them the same REDIS_URL.";

let database: Awaited<ReturnType<typeof freshDatabase>>;

beforeEach(async () => {
  database = await freshDatabase(inject("postgres"));
});
afterEach(() => database.drop());

async function start(environment: Record<string, string>) {
  const node = await startTestNode({ databaseUrl: database.url, environment });
  onTestFinished(() => node.stop());
  return node;
}
const alone = {};
const together = () => ({ REDIS_URL: inject("redisUrl") });

describe("nodes on one database", () => {
  test("H1: without Redis the second is refused, in one sentence, and the first goes on", async () => {
    const first = await start(alone);
    expect(await problemOf(start(alone))).toBe(taken);
    expect((await fetch(`${first.url}/healthz`)).status).toBe(200);
  });

  test("H1: with Redis both serve", async () => {
    const nodes = [await start(together()), await start(together())];
    for (const node of nodes) expect((await fetch(`${node.url}/healthz`)).status).toBe(200);
  });

  test("H1: one with and one without Redis do not serve together, whoever was first", async () => {
    const first = await start(together());
    expect(await problemOf(start(alone))).toBe(taken);
    await first.stop();
    await start(alone);
    expect(await problemOf(start(together()))).toBe(taken);
  });

  test("H1: after the first was killed the next one serves", async () => {
    const first = runProgram({ DATABASE_URL: database.url });
    await first.ready();
    const second = runProgram({ DATABASE_URL: database.url });
    expect(await second.ended).toEqual({ code: 1, stdout: "", stderr: `${taken}\n` });
    await first.kill();
    const third = await start(alone);
    expect((await fetch(`${third.url}/healthz`)).status).toBe(200);
  });
});

describe("the lock of a node whose connection broke", () => {
  /** Who holds the lock here, or waits for it, and its number. */
  const locks = () =>
    asOwner(database.url, async (client) => {
      const { rows } = await client.query<{ pid: number; key: number; granted: boolean }>(
        `SELECT l.pid, l.objid::int AS key, l.granted FROM pg_locks l JOIN pg_database d ON d.oid = l.database
         WHERE l.locktype = 'advisory' AND d.datname = current_database()`,
      );
      return rows;
    });
  const holder = async () => (await locks()).find((lock) => lock.granted);
  const breakConnection = (pid: number | undefined) =>
    asOwner(database.url, (client) => client.query("SELECT pg_terminate_backend($1)", [pid]));

  async function hold(onLost: (problem: StartupProblem) => void) {
    const lock = await takeNodeLock(database.connection, { shared: false, onLost });
    onTestFinished(() => lock.release());
  }

  test("H1: is taken again, and still keeps others away", async () => {
    let lost = false;
    await hold(() => {
      lost = true;
    });
    const before = await holder();
    await breakConnection(before?.pid);
    await eventually(async () => {
      const now = await holder();
      expect(now?.pid).toBeTypeOf("number");
      expect(now?.pid).not.toBe(before?.pid);
    });
    expect(
      await problemOf(takeNodeLock(database.connection, { shared: false, onLost: () => undefined })),
    ).toBe(taken);
    expect(lost).toBe(false);
  });

  test("H1: when another node was faster, the first one hears that it must stop", async () => {
    let lost: StartupProblem | undefined;
    await hold((problem) => {
      lost = problem;
    });
    await asOwner(database.url, async (rival) => {
      const held = await holder();
      // It stands in the queue before the connection breaks, so nobody can be faster.
      const winning = rival.query("SELECT pg_advisory_lock($1)", [held?.key]);
      await eventually(async () => expect((await locks()).filter((lock) => !lock.granted)).toHaveLength(1));
      await breakConnection(held?.pid);
      await winning;
      await eventually(() => expect(lost?.message).toBe(taken));
    });
  });
});
