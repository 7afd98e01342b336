import { spawn } from "node:child_process";
import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { describe, expect, it, onTestFinished } from "vitest";
import { isPostmasterOf } from "./postmaster-process.ts";
import { isRunning, killServer, postmasterOf, until } from "./testing/processes.ts";
import { ask, existingDataFolder, socketFoldersOf, startGrata } from "./testing/world.ts";

/** A data folder whose server lives and whose Grata was killed. */
async function orphan() {
  const dataFolder = await existingDataFolder();
  const cluster = join(dataFolder, "postgres");
  const grata = startGrata(dataFolder);
  const connection = await grata.next("ready");
  const postmaster = postmasterOf(cluster);
  await grata.kill();
  return { dataFolder, cluster, connection, postmaster };
}

async function expectUsable(dataFolder: string) {
  const grata = startGrata(dataFolder);
  const connection = await grata.next("ready");
  expect(await ask(connection, "SELECT value FROM kept")).toEqual({ value: 42 });
  await grata.stop();
}

describe("adopt", () => {
  it("H1: adopts the server that a killed Grata left behind, and stops it", async () => {
    const { dataFolder, cluster, connection, postmaster } = await orphan();
    expect(isRunning(postmaster)).toBe(true);
    const grata = startGrata(dataFolder);
    expect(await grata.next("ready")).toEqual(connection);
    expect(postmasterOf(cluster)).toBe(postmaster);
    expect(await ask(connection, "SELECT value FROM kept")).toEqual({ value: 42 });
    await grata.stop();
    expect(isRunning(postmaster)).toBe(false);
  });

  it("H1: adopts it ten times in a row, each at once after the kill", async () => {
    const { dataFolder, cluster, postmaster } = await orphan();
    for (let round = 0; round < 10; round++) {
      const grata = startGrata(dataFolder);
      await grata.next("ready");
      await grata.kill();
    }
    expect(postmasterOf(cluster)).toBe(postmaster);
    await expectUsable(dataFolder);
  });

  it("H1: waits a moment for the session of the killed Grata to end", async () => {
    const dataFolder = await existingDataFolder();
    const killed = startGrata(dataFolder);
    const connection = await killed.next("ready");
    const { pid } = await ask(connection, "SELECT pid FROM pg_locks WHERE locktype = 'advisory'");
    process.kill(Number(pid), "SIGSTOP");
    await killed.kill();
    const grata = startGrata(dataFolder);
    const waiting = `SELECT count(*) > 0 AS waiting FROM pg_stat_activity WHERE application_name = 'grata ${grata.process.pid}'`;
    await until("the second Grata", async () => Object.values(await ask(connection, waiting))[0]);
    process.kill(Number(pid), "SIGCONT");
    expect(await grata.next("ready")).toEqual(connection);
  });

  it("H1: starts a new one if the machine failed and only the file of the old one is left", async () => {
    const { dataFolder, cluster, postmaster } = await orphan();
    killServer(postmaster);
    expect(postmasterOf(cluster)).toBe(postmaster);
    await expectUsable(dataFolder);
  });

  it("H1: waits until the last process of a dead server has ended", async () => {
    const { dataFolder, cluster, connection, postmaster } = await orphan();
    const visitor = new pg.Client(connection);
    visitor.on("error", () => {});
    await visitor.connect();
    const { rows } = await visitor.query("SELECT pg_backend_pid() AS pid");
    process.kill(rows[0].pid, "SIGSTOP"); // so that it does not notice the end of the others
    process.kill(postmaster, "SIGKILL");
    const grata = startGrata(dataFolder);
    const holder = () => readFileSync(join(dataFolder, "owner/holder.json"), "utf8");
    await until("an owner", () => holder().includes(`"pid":${grata.process.pid},`));
    expect(postmasterOf(cluster)).toBe(postmaster); // It has not even tried.
    process.kill(rows[0].pid, "SIGKILL");
    expect(await ask(await grata.next("ready"), "SELECT value FROM kept")).toEqual({ value: 42 });
  });

  it("H1: is not misled by an unrelated process that has the old one's id by now", async () => {
    const { dataFolder, cluster, postmaster } = await orphan();
    killServer(postmaster);
    // PostgreSQL itself takes any process of its own user for the old server.
    const stranger = spawn("sleep", ["1000"], { uid: statSync(cluster).uid });
    onTestFinished(() => void stranger.kill("SIGKILL"));
    replacePid(cluster, postmaster, stranger.pid);
    replaceSocketPid(dataFolder, postmaster, stranger.pid);
    await expectUsable(dataFolder);
    expect(stranger.exitCode).toBe(null);
  });

  it("H1: is not misled by a dead server that nobody has reaped", async () => {
    const { dataFolder, cluster, postmaster } = await orphan();
    killServer(postmaster);
    const negligent = spawn("sh", ["-c", "sleep 0.3 & echo $!; exec sleep 1000"], {
      uid: statSync(cluster).uid,
    });
    onTestFinished(() => void negligent.kill("SIGKILL"));
    const zombie = Number(await new Promise((resolve) => negligent.stdout.once("data", resolve)));
    await until("a zombie", () => readFileSync(`/proc/${zombie}/stat`, "utf8").includes(") Z"));
    replacePid(cluster, postmaster, zombie);
    replaceSocketPid(dataFolder, postmaster, zombie);
    await expectUsable(dataFolder);
  });

  it("H1: is not stopped by the empty file that a power failure left", async () => {
    const { dataFolder, cluster, postmaster } = await orphan();
    killServer(postmaster);
    writeFileSync(join(cluster, "postmaster.pid"), "");
    utimesSync(join(cluster, "postmaster.pid"), 1, 1);
    await expectUsable(dataFolder);
  });

  it("H1: makes the socket folder again if /tmp was emptied", async () => {
    const { dataFolder, postmaster } = await orphan();
    killServer(postmaster);
    for (const folder of socketFoldersOf(dataFolder)) {
      rmSync(folder, { recursive: true });
    }
    await expectUsable(dataFolder);
  });

  it("H1: waits for a server that is still starting", async () => {
    const { dataFolder, cluster, postmaster } = await orphan();
    killServer(postmaster);
    const killed = startGrata(dataFolder);
    const starting = await until("a new server", () => {
      const pid = postmasterOf(cluster);
      return pid === postmaster ? 0 : pid;
    });
    process.kill(starting, "SIGSTOP");
    await killed.kill();
    const grata = startGrata(dataFolder);
    await grata.next("begun");
    process.kill(starting, "SIGCONT");
    expect(await ask(await grata.next("ready"), "SELECT value FROM kept")).toEqual({ value: 42 });
    expect(postmasterOf(cluster)).toBe(starting);
  });

  it("H1: waits for a server that is shutting down, and starts the next", async () => {
    const { dataFolder, cluster, connection, postmaster } = await orphan();
    const visitor = new pg.Client(connection);
    visitor.on("error", () => {});
    await visitor.connect();
    process.kill(postmaster, "SIGTERM"); // A smart shutdown: it ends when the last visitor leaves.
    await until("the shutdown", () =>
      readFileSync(join(cluster, "postmaster.pid"), "utf8").includes("stopping"),
    );
    const grata = startGrata(dataFolder);
    const ready = grata.next("ready");
    await visitor.end();
    expect(await ask(await ready, "SELECT value FROM kept")).toEqual({ value: 42 });
    expect(postmasterOf(cluster)).not.toBe(postmaster);
  });

  it.each([
    ["/x/bin/postgres -D /data/postgres -c port=1", true],
    ["/with space/postgres -D /data/postgres", true],
    ["/x/bin/postgres -D /data/postgres2 -c port=1", false],
    ["/x/bin/postgres -D /other", false],
    ["postgres -D data", true],
    ["postgres", true],
    ["postgres: grata grata [local] idle", false],
    ["sleep 1000", false],
    ["/usr/bin/less /data/postgres.log", false],
    ["", false],
  ])("H1: tells from its command line whether a process is our server: %s", (commandLine, expected) => {
    expect(isPostmasterOf(commandLine, "/data/postgres")).toBe(expected);
  });
});

function replacePid(cluster: string, from: number, to: number | undefined) {
  const file = join(cluster, "postmaster.pid");
  writeFileSync(file, readFileSync(file, "utf8").replace(`${from}`, `${to}`));
}

function replaceSocketPid(dataFolder: string, from: number, to: number | undefined) {
  for (const folder of [...socketFoldersOf(dataFolder), join(dataFolder, "postgres")]) {
    const file = join(folder, ".s.PGSQL.5432.lock");
    writeFileSync(file, readFileSync(file, "utf8").replace(`${from}`, `${to}`));
  }
}
