import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { attachEmbeddedPostgres } from "./supervise.ts";
import { familyOf, inContainer } from "./testing/container.ts";
import { isRunning, until } from "./testing/processes.ts";
import { ask, existingDataFolder, type Grata, newDataFolder, startGrata } from "./testing/world.ts";

const start = (dataFolder: string, host: string, options: { mode?: string; run?: string } = {}) =>
  startGrata(dataFolder, { ...options, wrapper: inContainer(host, options.run) });

const heldBy = (host: string) =>
  new RegExp(
    `^Another Grata \\(in another container or machine, with the host name ${host}, since \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d UTC\\) is running on the data folder \\S+: stop it first, or choose another folder with GRATA_DATA\\.$`,
  );

/** From here, where neither the processes nor the sockets of a container are seen. */
async function askThroughFolder(dataFolder: string, sql: string) {
  const { connection } = await attachEmbeddedPostgres({ dataFolder });
  return ask(connection, sql);
}

const fileOf = (dataFolder: string) => readFileSync(join(dataFolder, "postgres/postmaster.pid"), "utf8");

function signalAll(grata: Grata, signal: NodeJS.Signals, which = /./) {
  for (const { pid } of familyOf(grata.process.pid ?? 0).filter(({ title }) => which.test(title)))
    process.kill(pid, signal);
}

describe("containers on one data folder", () => {
  it("H1: the second is refused in one sentence that names the first, which keeps all that it stored", async () => {
    const dataFolder = await existingDataFolder();
    const first = start(dataFolder, "web-1");
    await first.next("ready");
    const file = fileOf(dataFolder);
    for (let round = 1; round <= 3; round++) {
      expect(await start(dataFolder, "web-2").next("problem")).toMatch(heldBy("web-1"));
      await askThroughFolder(dataFolder, `INSERT INTO kept VALUES (${round}) RETURNING value`);
      expect(fileOf(dataFolder)).toBe(file);
    }
    await first.stop();
    const next = start(dataFolder, "web-3");
    await next.next("ready");
    expect(await askThroughFolder(dataFolder, "SELECT array_agg(value) AS all FROM kept")).toEqual({
      all: [42, 1, 2, 3],
    });
    await next.stop();
  });

  it.each(["empty", "existing"])(
    "H1: of three that start at the same moment exactly one wins: %s",
    async (kind) => {
      const dataFolder = kind === "empty" ? newDataFolder() : await existingDataFolder();
      const outcomes = await Promise.all(
        ["web-1", "web-2", "web-3"].map((host) => {
          const grata = start(dataFolder, host);
          const ready = grata.next("ready").then(() => grata);
          return Promise.race([ready, grata.next("problem")]);
        }),
      );
      const winners = outcomes.filter((outcome) => typeof outcome !== "string");
      expect(winners).toHaveLength(1);
      for (const problem of outcomes.filter((outcome) => typeof outcome === "string"))
        expect(problem).toMatch(heldBy("web-[123]"));
      expect(await askThroughFolder(dataFolder, "SELECT 1 AS one")).toEqual({ one: 1 });
      await winners[0]?.stop();
    },
  );

  it("H1: one that is stopped with all its processes still holds it", async () => {
    const dataFolder = await existingDataFolder();
    const first = start(dataFolder, "web-1");
    await first.next("ready");
    const file = fileOf(dataFolder);
    signalAll(first, "SIGSTOP");
    expect(await start(dataFolder, "web-2").next("problem")).toMatch(heldBy("web-1"));
    expect(fileOf(dataFolder)).toBe(file);
    signalAll(first, "SIGCONT");
    expect(await askThroughFolder(dataFolder, "SELECT value FROM kept")).toEqual({ value: 42 });
    await first.stop();
  });

  it("H1: a database whose Grata was killed and that still runs in its container is left alone", async () => {
    const dataFolder = await existingDataFolder();
    const first = start(dataFolder, "web-1", { run: '"$@" & wait; sleep 1000' });
    await first.next("ready");
    const file = fileOf(dataFolder);
    signalAll(first, "SIGKILL", /^\S*node \S*grata\.ts/);
    expect(await start(dataFolder, "web-2").next("problem")).toMatch(
      /^The PostgreSQL of another Grata \(in another container or machine, with the host name web-1, since .* UTC\) is still running on the data folder \S+: end its container/,
    );
    expect(fileOf(dataFolder)).toBe(file);
    expect(await askThroughFolder(dataFolder, "SELECT value FROM kept")).toEqual({ value: 42 });
    await first.kill();
    await start(dataFolder, "web-2").next("ready");
  });

  it("H1: one that was killed as a whole gives way at once, also to a process with the id of the former", async () => {
    const dataFolder = await existingDataFolder();
    for (const host of ["web-1", "web-1", "web-2"]) {
      const grata = start(dataFolder, host);
      await grata.next("ready");
      expect(await askThroughFolder(dataFolder, "SELECT value FROM kept")).toEqual({ value: 42 });
      const family = familyOf(grata.process.pid ?? 0);
      await grata.kill();
      await until("the end of all its processes", () => !family.some(({ pid }) => isRunning(pid)));
    }
    await startGrata(dataFolder).next("ready");
  });

  it("H1: a command in a second one uses the database of the first, and leaves it running", async () => {
    const dataFolder = await existingDataFolder();
    const first = start(dataFolder, "web-1");
    await first.next("ready");
    const file = fileOf(dataFolder);
    const command = start(dataFolder, "web-2", { mode: "attach" });
    expect((await command.next("ready")).host).toMatch(/^\/proc\/self\/fd\/\d+$/);
    await command.stop();
    expect(fileOf(dataFolder)).toBe(file);
    expect(await askThroughFolder(dataFolder, "SELECT value FROM kept")).toEqual({ value: 42 });
    await first.stop();
  });
});
