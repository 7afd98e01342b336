import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { processesUsing, until } from "@grata/embedded-postgres/testing/processes";
import { existingDataFolder, newDataFolder } from "@grata/embedded-postgres/testing/world";
import { describe, expect, onTestFinished, test } from "vitest";
import { runProgram } from "../testing/servers/program.ts";

const namesIn = (folder: string) => (existsSync(folder) ? readdirSync(folder) : []);
const fileIn = (folder: string, name: string) => existsSync(join(folder, name));
const statusIn = (folder: string) =>
  fileIn(folder, "postgres/postmaster.pid")
    ? readFileSync(join(folder, "postgres/postmaster.pid"), "utf8")
    : "";

/** The moments of a start, by what stands in the data folder by then. */
const moments: Record<string, { fresh: boolean; come: (folder: string) => boolean }> = {
  "before it has done anything": { fresh: true, come: () => true },
  "when it has locked the folder": { fresh: true, come: (folder) => fileIn(folder, "owner/holder.json") },
  "while the database is set up": {
    fresh: true,
    come: (folder) => namesIn(folder).some((name) => fileIn(folder, `${name}/cluster/base`)),
  },
  "when PostgreSQL was just called": { fresh: true, come: (folder) => fileIn(folder, "owner/server.json") },
  "while PostgreSQL starts": { fresh: false, come: (folder) => statusIn(folder) !== "" },
  "when PostgreSQL is ready": { fresh: false, come: (folder) => statusIn(folder).includes("ready") },
};
const signals = ["SIGTERM", "SIGINT", "SIGHUP"] as const;
const cases = Object.keys(moments).map((moment, index) => [signals[index % 3] ?? "SIGTERM", moment] as const);

describe("a start that is told to stop", () => {
  test.each(cases)("H1: %s %s leaves no process behind, and the next start works", async (signal, moment) => {
    const { fresh, come } = moments[moment] ?? { fresh: true, come: () => true };
    const dataFolder = fresh ? newDataFolder() : await existingDataFolder();
    const program = runProgram({ GRATA_DATA: dataFolder });
    await until(moment, () => come(dataFolder));
    const code = await program.stop(signal);
    const { stdout, stderr } = await program.ended;
    // Before it can listen to signals they end it like any program.
    expect([0, null]).toContain(code);
    expect(stderr).toBe("");
    expect(stdout).not.toContain("ready");
    expect(processesUsing(dataFolder)).toEqual([]);
    const next = runProgram({ GRATA_DATA: dataFolder });
    await next.ready();
    expect(await next.stop()).toBe(0);
    expect(processesUsing(dataFolder)).toEqual([]);
  });

  test("H1: SIGTERM while Redis does not answer ends it", async () => {
    let asked = false;
    const silent = createServer(() => {
      asked = true;
    }).listen(0, "127.0.0.1");
    onTestFinished(() => void silent.close());
    await until("a port", () => silent.address());
    const address = silent.address();
    const port = typeof address === "object" ? address?.port : 0;
    const program = runProgram({ GRATA_DATA: newDataFolder(), REDIS_URL: `redis://127.0.0.1:${port}` });
    await until("a connection", () => asked);
    expect(await program.stop()).toBe(0);
  });
});
