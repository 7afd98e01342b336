import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { describe, expect, it, onTestFinished } from "vitest";
import { describeCluster } from "./cluster.ts";
import { stopPostmaster } from "./stop-postmaster.ts";
import { startEmbeddedPostgres } from "./supervise.ts";
import { isRunning, postmasterOf, until } from "./testing/processes.ts";
import { ask, existingDataFolder, startGrata } from "./testing/world.ts";

describe("stop", () => {
  it("H1: does not wait for visitors, whose work in progress is undone", async () => {
    const dataFolder = await existingDataFolder();
    const postgres = await startEmbeddedPostgres({ dataFolder });
    const visitor = new pg.Client(postgres.connection);
    visitor.on("error", () => {});
    await visitor.connect();
    await visitor.query("BEGIN; UPDATE kept SET value = 43");
    await postgres.stop();
    const again = await startEmbeddedPostgres({ dataFolder });
    expect(await ask(again.connection, "SELECT value FROM kept")).toEqual({ value: 42 });
    await again.stop();
  });

  it("H1: shuts down at once what does not shut down in an orderly way in time", async () => {
    const dataFolder = await existingDataFolder();
    const grata = startGrata(dataFolder);
    const connection = await grata.next("ready");
    await grata.kill();
    const postmaster = postmasterOf(join(dataFolder, "postgres"));
    const visitor = new pg.Client(connection);
    visitor.on("error", () => {});
    await visitor.connect();
    const { rows } = await visitor.query("SELECT pg_backend_pid() AS pid");
    process.kill(rows[0].pid, "SIGSTOP"); // A process that does not end, as one does that waits for a dead disk.
    await stopPostmaster(await describeCluster(dataFolder), 200);
    await until("the end", () => !isRunning(postmaster));
    const again = await startEmbeddedPostgres({ dataFolder });
    expect(await ask(again.connection, "SELECT value FROM kept")).toEqual({ value: 42 });
    await again.stop();
  });

  it("H1: does not signal a process that has the id of a dead server by now", async () => {
    const dataFolder = await existingDataFolder();
    const cluster = await describeCluster(dataFolder);
    const stranger = spawn("sleep", ["1000"]);
    onTestFinished(() => void stranger.kill("SIGKILL"));
    await until("the stranger", () => isRunning(stranger.pid ?? 0));
    writeFileSync(join(cluster.folder, "postmaster.pid"), `${stranger.pid}\n${cluster.folder}\n`);
    await stopPostmaster(cluster);
    expect(isRunning(stranger.pid ?? 0)).toBe(true);
  });

  it("H1: is not stopped by Ctrl-C in the terminal, which reaches every process of Grata's group", async () => {
    const dataFolder = await existingDataFolder();
    const grata = startGrata(dataFolder);
    const connection = await grata.next("ready");
    const ended = once(grata.process, "close");
    process.kill(-(grata.process.pid ?? 0), "SIGINT");
    await ended;
    expect(await ask(connection, "SELECT value FROM kept")).toEqual({ value: 42 });
  });
});
