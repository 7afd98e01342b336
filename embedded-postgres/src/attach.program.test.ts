import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isRunning, postmasterOf } from "./testing/processes.ts";
import { ask, existingDataFolder, newDataFolder, startGrata } from "./testing/world.ts";

describe("attach", () => {
  it("H1: a command uses the server of a running Grata and leaves it running", async () => {
    const dataFolder = await existingDataFolder();
    const grata = startGrata(dataFolder);
    const connection = await grata.next("ready");
    const command = startGrata(dataFolder, { mode: "attach" });
    expect(await command.next("ready")).toEqual(connection);
    await command.stop();
    expect(await ask(connection, "SELECT value FROM kept")).toEqual({ value: 42 });
    await grata.stop();
  });

  it("H1: a command uses the server that a killed Grata left, so that a start can adopt it meanwhile", async () => {
    const dataFolder = await existingDataFolder();
    const killed = startGrata(dataFolder);
    await killed.next("ready");
    await killed.kill();
    const command = startGrata(dataFolder, { mode: "attach" });
    const connection = await command.next("ready");
    const grata = startGrata(dataFolder);
    expect(await grata.next("ready")).toEqual(connection);
    await command.stop();
    expect(await ask(connection, "SELECT value FROM kept")).toEqual({ value: 42 });
  });

  it("H1: a command starts the server where none runs, owns it meanwhile, and stops it at its end", async () => {
    const dataFolder = newDataFolder();
    const command = startGrata(dataFolder, { mode: "attach" });
    await ask(await command.next("ready"), "SELECT 1");
    const postmaster = postmasterOf(join(dataFolder, "postgres"));
    expect(await startGrata(dataFolder).next("problem")).toContain(`process ${command.process.pid}`);
    await command.stop();
    expect(isRunning(postmaster)).toBe(false);
  });

  it("H1: commands that start at the same moment all find a server", async () => {
    const dataFolder = await existingDataFolder();
    const commands = [1, 2, 3].map(() => startGrata(dataFolder, { mode: "attach" }));
    const connections = await Promise.all(commands.map((command) => command.next("ready")));
    expect(new Set(connections.map(({ host }) => host)).size).toBe(1);
    for (const connection of connections) {
      expect(await ask(connection, "SELECT value FROM kept")).toEqual({ value: 42 });
    }
  });

  it("H1: a command makes the database that a Grata did not live long enough to make", async () => {
    const dataFolder = await existingDataFolder();
    const killed = startGrata(dataFolder);
    const connection = await killed.next("ready");
    await killed.kill();
    await ask({ ...connection, database: "postgres" }, "DROP DATABASE grata WITH (FORCE)");
    const command = startGrata(dataFolder, { mode: "attach" });
    expect(await ask(await command.next("ready"), "SELECT 1 AS one")).toEqual({ one: 1 });
  });
});
