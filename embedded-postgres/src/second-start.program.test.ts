import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isRunning, postmasterOf } from "./testing/processes.ts";
import { ask, existingDataFolder, type Grata, newDataFolder, startGrata } from "./testing/world.ts";

const sentenceAbout = (grata: Grata, dataFolder: string) =>
  `Another Grata (process ${grata.process.pid}, since <time>) is running on the data folder ${dataFolder}: stop it first, or choose another folder with GRATA_DATA.`;

const withoutTime = (sentence: string) => sentence.replace(/\d{4}-\d\d-\d\d \d\d:\d\d UTC/, "<time>");

describe("second start", () => {
  it("H1: refuses a folder on which another Grata runs, in one sentence that names it, and leaves that alone", async () => {
    const dataFolder = await existingDataFolder();
    const first = startGrata(dataFolder);
    const connection = await first.next("ready");
    const second = startGrata(dataFolder);
    expect(withoutTime(await second.next("problem"))).toBe(sentenceAbout(first, dataFolder));
    expect(await exitCode(second)).toBe(1);
    expect(await ask(connection, "SELECT value FROM kept")).toEqual({ value: 42 });
    await first.stop();
  });

  it.each(["empty", "existing", "left behind"])(
    "H1: of four that start on one folder at the same moment exactly one wins: %s",
    async (kind) => {
      const dataFolder = kind === "empty" ? newDataFolder() : await existingDataFolder();
      if (kind === "left behind") {
        const killed = startGrata(dataFolder);
        await killed.next("ready");
        await killed.kill();
      }
      const gratas = [1, 2, 3, 4].map(() => startGrata(dataFolder));
      const outcomes = await Promise.all(
        gratas.map((grata) =>
          Promise.race([
            grata.next("ready").then((connection) => ({ grata, connection, problem: undefined })),
            grata.next("problem").then((problem) => ({ grata, connection: undefined, problem })),
          ]),
        ),
      );
      const [winner, ...others] = outcomes.filter(({ connection }) => connection !== undefined);
      if (winner?.connection === undefined || others.length > 0) {
        throw new Error(`winners: ${outcomes.map(({ problem }) => problem ?? "ready").join(" | ")}`);
      }
      const problems = outcomes.flatMap(({ problem }) => (problem ? withoutTime(problem) : []));
      expect(problems).toEqual(Array(3).fill(sentenceAbout(winner.grata, dataFolder)));
      expect(await ask(winner.connection, "SELECT 1 AS one")).toEqual({ one: 1 });
      const postmaster = postmasterOf(join(dataFolder, "postgres"));
      await winner.grata.stop();
      expect(isRunning(postmaster)).toBe(false);
      expect(readdirSync(dataFolder).sort()).toEqual(["owner", "postgres", "postgres-password"]);
    },
  );
});

function exitCode(grata: Grata): Promise<unknown> {
  return new Promise((resolve) => grata.process.once("close", resolve));
}
