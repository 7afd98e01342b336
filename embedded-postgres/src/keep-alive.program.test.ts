import { renameSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { describe, expect, it } from "vitest";
import type { Connection } from "./connection.ts";
import { childrenOf, killServer, postmasterOf, until } from "./testing/processes.ts";
import { ask, existingDataFolder, startGrata } from "./testing/world.ts";

const lockHolder = `SELECT application_name AS holder FROM pg_stat_activity JOIN pg_locks USING (pid)
  WHERE locktype = 'advisory' AND granted`;

async function running() {
  const dataFolder = await existingDataFolder();
  const grata = startGrata(dataFolder);
  const connection = await grata.next("ready");
  return { dataFolder, cluster: join(dataFolder, "postgres"), grata, connection };
}

describe("keep alive", () => {
  it("H1: starts a server that was killed with all its processes again at once, and takes the lock", async () => {
    const { cluster, grata, connection } = await running();
    for (let round = 0; round < 3; round++) {
      const killed = performance.now();
      killServer(postmasterOf(cluster));
      // The end of its session and that of its first process are noticed in either order.
      expect(await grata.next("log")).toMatch(/^The database went away \(.+\): starting it again\.$/);
      expect(await grata.next("log")).toBe("The database is back.");
      expect(performance.now() - killed).toBeLessThan(10_000);
      expect(await ask(connection, "SELECT value FROM kept")).toEqual({ value: 42 });
      expect(await ask(connection, lockHolder)).toEqual({ holder: `grata ${grata.process.pid}` });
    }
    await grata.stop();
  });

  it("H1: starts a server again of which only the first process was killed while a query runs", async () => {
    const { cluster, grata, connection } = await running();
    const query = ask(connection, "SELECT pg_sleep(1000)").catch(() => "ended");
    await until("the query", async () => {
      const { sleeping } = await ask(
        connection,
        "SELECT count(*) > 0 AS sleeping FROM pg_stat_activity WHERE wait_event = 'PgSleep'",
      );
      return sleeping;
    });
    process.kill(postmasterOf(cluster), "SIGKILL");
    await grata.next("log");
    expect(await grata.next("log")).toBe("The database is back.");
    expect(await query).toBe("ended");
    expect(await ask(connection, "SELECT value FROM kept")).toEqual({ value: 42 });
  });

  it("H1: takes the lock again when only its own session was ended", async () => {
    const { dataFolder, cluster, grata, connection } = await running();
    const postmaster = postmasterOf(cluster);
    await endOwnerSession(connection);
    expect(await grata.next("log")).toBe(
      "The database went away (terminating connection due to administrator command): starting it again.",
    );
    expect(await grata.next("log")).toBe("The database is back.");
    expect(postmasterOf(cluster)).toBe(postmaster);
    expect(await startGrata(dataFolder).next("problem")).toContain(`process ${grata.process.pid}`);
  });

  it("H1: takes the lock again when one process of the server crashed and took the others with it", async () => {
    const { dataFolder, cluster, grata, connection } = await running();
    const postmaster = postmasterOf(cluster);
    const writer = childrenOf(postmaster).find(({ title }) => title.includes("walwriter"));
    process.kill(writer?.pid ?? 0, "SIGKILL");
    expect(await grata.next("log")).toMatch(
      /^The database went away \(.*\(PID \d+\) was terminated by signal 9: Killed\): starting it again\.$/,
    );
    expect(await grata.next("log")).toBe("The database is back.");
    expect(postmasterOf(cluster)).toBe(postmaster);
    expect(await ask(connection, "SELECT value FROM kept")).toEqual({ value: 42 });
    expect(await startGrata(dataFolder).next("problem")).toContain(`process ${grata.process.pid}`);
  });

  it("H1: goes on trying while the server does not start, and says why once", async () => {
    const { cluster, grata, connection } = await running();
    renameSync(join(cluster, "global/pg_control"), join(cluster, "global/away"));
    killServer(postmasterOf(cluster));
    await grata.next("log");
    expect(await grata.next("log")).toMatch(/^PostgreSQL does not start on .* \(.+\): mend that/);
    renameSync(join(cluster, "global/away"), join(cluster, "global/pg_control"));
    expect(await grata.next("log")).toBe("The database is back.");
    expect(await ask(connection, "SELECT value FROM kept")).toEqual({ value: 42 });
    await grata.stop();
  });

  it("H1: does not set up an empty database in place of one that was moved away while it ran", async () => {
    const { dataFolder, cluster, grata, connection } = await running();
    renameSync(cluster, join(dataFolder, "away"));
    killServer(postmasterOf(join(dataFolder, "away")));
    await grata.next("log");
    expect(await grata.next("log")).toBe(`The database is no longer in ${cluster}: put it back there.`);
    renameSync(join(dataFolder, "away"), cluster);
    expect(await grata.next("log")).toBe("The database is back.");
    expect(await ask(connection, "SELECT value FROM kept")).toEqual({ value: 42 });
    await grata.stop();
  });

  it("H1: can be stopped while the server does not start", async () => {
    const { cluster, grata } = await running();
    renameSync(join(cluster, "global/pg_control"), join(cluster, "global/away"));
    killServer(postmasterOf(cluster));
    await grata.next("log");
    await grata.next("log");
    await grata.stop();
  });

  it("H1: tells its owner when a Grata that knows no lock file took the server over, and leaves it alone", async () => {
    const { grata, connection } = await running();
    grata.process.kill("SIGSTOP");
    await endOwnerSession(connection);
    const other = new pg.Client({ ...connection, database: "postgres", application_name: "grata 4242" });
    other.on("error", () => {});
    await other.connect();
    await other.query("SELECT pg_advisory_lock(1198678388)");
    grata.process.kill("SIGCONT");
    expect(await grata.next("takenOver")).toContain("Another Grata (process 4242) is running");
    await grata.stop();
    expect((await other.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    await other.end();
  });

  it("H1: nobody else gets the server of an owner that is stopped and has lost its session", async () => {
    const { dataFolder, grata, connection } = await running();
    grata.process.kill("SIGSTOP");
    await endOwnerSession(connection);
    expect(await startGrata(dataFolder).next("problem")).toContain(`process ${grata.process.pid}, since`);
    grata.process.kill("SIGCONT");
    await grata.next("log");
    expect(await grata.next("log")).toBe("The database is back.");
    expect(await ask(connection, "SELECT value FROM kept")).toEqual({ value: 42 });
    await grata.stop();
  });
});

function endOwnerSession(connection: Connection) {
  return ask(
    connection,
    `SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE application_name ~ '^grata [0-9]+$'`,
  );
}
