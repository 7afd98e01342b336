import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { asideOf } from "./build-aside.ts";
import { until } from "./testing/processes.ts";
import { ask, newDataFolder, startGrata } from "./testing/world.ts";

const namesIn = (folder: string): string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

/** What must exist before the kill: nothing of the cluster, its first files, its catalogue. */
const moments = ["password", "cluster/PG_VERSION", "cluster/base/1/PG_VERSION"];

describe("initialise", () => {
  it.each(moments)(
    "H1: a kill in the middle of the setup, at %s, leaves nothing half-done",
    async (moment) => {
      const dataFolder = newDataFolder();
      const killed = startGrata(dataFolder);
      await until("the setup", () =>
        namesIn(dataFolder).some((name) => existsSync(join(dataFolder, name, moment))),
      );
      await killed.kill();
      expect(namesIn(dataFolder)).not.toContain("postgres");
      const grata = startGrata(dataFolder);
      expect(await ask(await grata.next("ready"), "SELECT 1 AS one")).toEqual({ one: 1 });
      expect(namesIn(dataFolder).sort()).toEqual(["owner", "postgres", "postgres-password"]);
    },
  );

  it("H1: does not remove what a living Grata is just setting up", async () => {
    const dataFolder = newDataFolder();
    const alive = asideOf("postgres").replace(/[\da-f]{8}-$/, "00000000-abc");
    const dead = alive.replace(`-${process.pid}-`, "-4194304-");
    const inAnotherContainer = "postgres.new-1-1-00000000-abc";
    const oldInAnotherContainer = "postgres.new-1-1-11111111-abc";
    for (const name of [alive, dead, inAnotherContainer, oldInAnotherContainer])
      mkdirSync(join(dataFolder, name), { recursive: true, mode: 0o711 });
    const anHourAgo = Date.now() / 1000 - 3_600;
    utimesSync(join(dataFolder, oldInAnotherContainer), anHourAgo, anHourAgo);
    await startGrata(dataFolder).next("ready");
    const kept = ["owner", "postgres", "postgres-password", alive, inAnotherContainer];
    expect(namesIn(dataFolder).sort()).toEqual(kept.sort());
  });

  it("H1: uses an empty folder that was made for it, and leaves alone one that holds something else", async () => {
    const empty = newDataFolder();
    mkdirSync(join(empty, "postgres"), { recursive: true, mode: 0o711 });
    await startGrata(empty).next("ready");
    const full = newDataFolder();
    mkdirSync(join(full, "postgres"), { recursive: true, mode: 0o711 });
    writeFileSync(join(full, "postgres/diary.txt"), "dear diary");
    expect(await startGrata(full).next("problem")).toBe(
      `The folder ${full}/postgres is not empty and does not hold a database: move it away, or choose another folder with GRATA_DATA.`,
    );
    expect(namesIn(join(full, "postgres"))).toEqual(["diary.txt"]);
  });

  it("H1: says in PostgreSQL's own words why the setup failed, and leaves nothing behind", async () => {
    const dataFolder = newDataFolder();
    // A limit on the size of files stands for a full disk: PostgreSQL's log segments have 16 MB.
    const grata = startGrata(dataFolder, { shell: "trap '' XFSZ; ulimit -f 4000;" });
    expect(await grata.next("problem")).toMatch(
      /^The database cannot be set up in \S+ \(.*File too large\): mend that, or choose another folder with GRATA_DATA\.$/,
    );
    expect(namesIn(dataFolder)).toEqual(["owner", "postgres-password"]);
  });
});
