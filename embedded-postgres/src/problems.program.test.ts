import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { isRoot } from "./account.ts";
import { systemFolder } from "./place.ts";
import { inContainer } from "./testing/container.ts";
import { postmasterOf } from "./testing/processes.ts";
import { ask, existingDataFolder, newDataFolder, nobody, startGrata } from "./testing/world.ts";

const ordinary = isRoot() ? { uid: nobody } : {};

async function problemOf(dataFolder: string, options = {}): Promise<string> {
  const problem = await startGrata(dataFolder, options).next("problem");
  expect(problem).toMatch(/^[^.].*\.$/);
  return problem;
}

describe("problems", () => {
  it("H1: a data folder that cannot be made", async () => {
    const file = newDataFolder();
    writeFileSync(file, "");
    expect(await problemOf(join(file, "data"))).toMatch(
      /^Grata cannot prepare its data folder \S+ \(ENOTDIR: .*\): mend that, or choose another folder with GRATA_DATA\.$/,
    );
    expect(await problemOf(file)).toContain("EEXIST");
  });

  it("H1: a data folder that cannot be written", async () => {
    const dataFolder = newDataFolder(isRoot() ? nobody : undefined);
    mkdirSync(dataFolder, { mode: 0o555 });
    expect(await problemOf(dataFolder, ordinary)).toMatch(
      /^Grata cannot prepare its data folder \S+ \(EACCES: /,
    );
  });

  it("H1: a database of another major version", async () => {
    const dataFolder = await existingDataFolder();
    writeFileSync(join(dataFolder, "postgres/PG_VERSION"), "17\n");
    expect(await problemOf(dataFolder)).toMatch(
      /was written by PostgreSQL 17 and this Grata brings PostgreSQL 18: /,
    );
  });

  it("H1: a lost password, and a wrong one", async () => {
    const dataFolder = await existingDataFolder();
    writeFileSync(join(dataFolder, "postgres-password"), "wrong\n");
    expect(await problemOf(dataFolder)).toMatch(/does not accept the password in \S+: put back the file/);
    rmSync(join(dataFolder, "postgres-password"));
    expect(await problemOf(dataFolder)).toMatch(
      /^The password of the database cannot be read \(ENOENT: .*\): put the file/,
    );
  });

  it("H1: a damaged database, in PostgreSQL's own words, from its error output or from its log", async () => {
    const dataFolder = await existingDataFolder();
    rmSync(join(dataFolder, "postgres/postgresql.conf"));
    expect(await problemOf(dataFolder)).toMatch(
      /^PostgreSQL does not start on the database in \S+ \(.*postgresql\.conf.*\): mend/,
    );
    const other = await existingDataFolder();
    for (const segment of readdirSync(join(other, "postgres/pg_wal")).filter((name) =>
      /^[0-9A-F]{24}$/.test(name),
    )) {
      truncateSync(join(other, "postgres/pg_wal", segment), 0);
    }
    expect(await problemOf(other)).toMatch(
      /^PostgreSQL does not start .* \(could not locate a valid checkpoint record/,
    );
  });

  it.each(["data", "data/postgres"])("H1: a full disk: %s", async (part) => {
    const dataFolder = await existingDataFolder();
    const [full, copy] = [join(dirname(dataFolder), part), join(dirname(dataFolder), "copy")];
    const fill = [
      `cp -a ${full} ${copy}`,
      `mount -t tmpfs -o size=100m,mode=711 none ${full}`,
      `cp -a ${copy}/. ${full}`,
      `{ cat /dev/zero > ${full}/filler 2>/dev/null || true; }`,
    ];
    const wrapper = inContainer("full", `${fill.join(" && ")} && exec "$@"`);
    expect(await problemOf(dataFolder, { wrapper })).toBe(
      `There is no space left on the disk of the folder ${full}: make room there and start Grata again.`,
    );
  });

  it.skipIf(!isRoot())("H1: a database of another user", async () => {
    const dataFolder = await existingDataFolder();
    spawnSync("chown", ["-R", "12345", join(dataFolder, "postgres")]);
    expect(await problemOf(dataFolder, ordinary)).toMatch(
      /belongs to .*: start Grata as that user or as root/,
    );
    const grata = startGrata(dataFolder);
    expect(await ask(await grata.next("ready"), "SELECT value FROM kept")).toEqual({ value: 42 });
    expect(statSync(`/proc/${postmasterOf(join(dataFolder, "postgres"))}`).uid).toBe(12345);
    await grata.stop();
    spawnSync("chown", ["-R", "0", join(dataFolder, "postgres")]);
    expect(await problemOf(dataFolder)).toMatch(
      /belongs to root, as whom PostgreSQL refuses to run: .* "chown -R nobody /,
    );
  });

  it.skipIf(!isRoot())("H1: a database that its user can no longer enter", async () => {
    const dataFolder = await existingDataFolder();
    chmodSync(dirname(dataFolder), 0o700);
    expect(await problemOf(dataFolder)).toContain(`allow it with "chmod a+x ${dirname(dataFolder)}"`);
    expect(readdirSync(dataFolder).sort()).toEqual(["owner", "postgres", "postgres-password"]);
  });

  it.skipIf(!isRoot())(
    "H1: no problem: below a folder that only root can enter, the database lies in /var/lib",
    async () => {
      const dataFolder = newDataFolder();
      chmodSync(dirname(dataFolder), 0o700);
      const first = startGrata(dataFolder);
      await ask(await first.next("ready"), "CREATE TABLE kept AS SELECT 42 AS value");
      const cluster = spawnSync("readlink", ["-f", join(dataFolder, "postgres")])
        .stdout.toString()
        .trim();
      expect(cluster).toMatch(new RegExp(`^${systemFolder}/[0-9a-f]{12}/postgres$`));
      onTestFinished(() => rmSync(dirname(cluster), { recursive: true, force: true }));
      await first.stop();
      // It is found again where the data folder is moved or opened to all.
      const moved = newDataFolder();
      spawnSync("mv", [dataFolder, moved]);
      const second = startGrata(moved);
      expect(await ask(await second.next("ready"), "SELECT value FROM kept")).toEqual({ value: 42 });
      await second.stop();
      expect(readdirSync(dirname(cluster)).sort()).toEqual(["owner", "postgres"]);
    },
  );
});
