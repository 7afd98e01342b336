import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isRoot } from "./account.ts";
import { startEmbeddedPostgres } from "./supervise.ts";
import { childrenOf, isRunning, postmasterOf } from "./testing/processes.ts";
import { ask, existingDataFolder, newDataFolder, nobody, startGrata } from "./testing/world.ts";

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

describe("start", () => {
  it("H1: sets up a database on an empty folder, whose owner can do everything in it", async () => {
    const dataFolder = newDataFolder(undefined, "Zoë's 客服 data");
    const grata = startGrata(dataFolder);
    const connection = await grata.next("ready");
    expect(connection).toMatchObject({ port: 5432, user: "grata", database: "grata" });
    expect(
      await ask(
        connection,
        `SELECT rolsuper, pg_encoding_to_char(encoding) AS encoding, datlocprovider, datlocale, datctype
           FROM pg_roles, pg_database WHERE rolname = current_user AND datname = current_database()`,
      ),
    ).toEqual({
      rolsuper: true,
      encoding: "UTF8",
      datlocprovider: "b",
      datlocale: "C.UTF-8",
      datctype: "C.UTF-8",
    });
    await grata.stop();
    expect(readdirSync(dataFolder).sort()).toEqual(["owner", "postgres", "postgres-password"]);
  });

  it("H1: folds the case of letters and finds the words of Chinese text, which needs a locale", async () => {
    const connection = await startGrata(newDataFolder()).next("ready");
    expect(await ask(connection, "SELECT upper('äé') AS upper, '客服' ~ '^\\w+$' AS word")).toEqual({
      upper: "ÄÉ",
      word: true,
    });
  });

  it("H1: writes to the disk before it acknowledges, and uses the settings of this version", async () => {
    const connection = await startGrata(await existingDataFolder()).next("ready");
    expect(
      await ask(
        connection,
        `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit,
                current_setting('max_connections') AS connections, current_setting('shared_buffers') AS buffers,
                current_setting('wal_compression') AS compression, current_setting('log_min_messages') AS messages,
                current_setting('log_filename') AS log, current_setting('log_truncate_on_rotation') AS truncate`,
      ),
    ).toEqual({
      fsync: "on",
      commit: "on",
      connections: "100",
      buffers: "128MB",
      compression: "off",
      messages: "log",
      log: "postgresql-%a.log",
      truncate: "on",
    });
  });

  it("H1: keeps everybody else out: private folders, no network, no way in without the password", async () => {
    const dataFolder = newDataFolder();
    const connection = await startGrata(dataFolder).next("ready");
    expect(modeOf(dataFolder)).toBe(isRoot() ? "711" : "700");
    expect(modeOf(join(dataFolder, "postgres-password"))).toBe("600");
    expect(modeOf(join(dataFolder, "postgres"))).toBe("700");
    expect(modeOf(connection.host)).toBe("700");
    expect(await ask(connection, "SELECT current_setting('listen_addresses') AS network")).toEqual({
      network: "",
    });
    const hba = await ask(
      connection,
      "SELECT string_agg(DISTINCT auth_method, ',') AS methods FROM pg_hba_file_rules",
    );
    expect(hba).toEqual({ methods: "scram-sha-256" });
    await expect(ask({ ...connection, password: "guessed" }, "SELECT 1")).rejects.toThrow("password");
  });

  it("H1: finds everything again on the second start", async () => {
    const dataFolder = await existingDataFolder();
    const second = startGrata(dataFolder);
    expect(await ask(await second.next("ready"), "SELECT value FROM kept")).toEqual({ value: 42 });
  });

  it("H1: gives PostgreSQL a process group of its own and none of our secrets", async () => {
    const dataFolder = await existingDataFolder();
    await startGrata(dataFolder, { shell: "export SECRET_KEY=1 PGDATABASE=elsewhere;" }).next("ready");
    const postmaster = postmasterOf(join(dataFolder, "postgres"));
    const group = readFileSync(`/proc/${postmaster}/stat`, "utf8").split(") ").at(-1)?.split(" ")[2];
    expect(Number(group)).toBe(postmaster);
    expect(readFileSync(`/proc/${postmaster}/environ`, "utf8")).not.toMatch(/SECRET_KEY|PGDATABASE/);
  });

  it("H1: stops the server in an orderly way, and a second stop does no harm", async () => {
    const dataFolder = await existingDataFolder();
    const postgres = await startEmbeddedPostgres({ dataFolder });
    const postmaster = postmasterOf(join(dataFolder, "postgres"));
    expect(childrenOf(postmaster).length).toBeGreaterThan(3);
    await Promise.all([postgres.stop(), postgres.stop()]);
    await postgres.stop();
    expect(isRunning(postmaster)).toBe(false);
    expect(existsSync(join(dataFolder, "postgres/postmaster.pid"))).toBe(false);
    expect(readdirSync(postgres.connection.host)).toEqual([]);
    expect(readFileSync(join(dataFolder, "postgres/log", logOfToday()), "utf8")).toContain(
      "system is shut down",
    );
  });

  it.skipIf(!isRoot())("H1: as root, runs PostgreSQL as nobody", async () => {
    const dataFolder = newDataFolder();
    await startGrata(dataFolder).next("ready");
    expect(statSync(`/proc/${postmasterOf(join(dataFolder, "postgres"))}`).uid).toBe(nobody);
    expect(statSync(join(dataFolder, "postgres-password")).uid).toBe(0);
  });

  it("H1: works for an ordinary user, and then for root on the same folder, and again for the user", async () => {
    const dataFolder = newDataFolder(isRoot() ? nobody : undefined);
    for (const uid of isRoot() ? [nobody, 0, nobody] : [process.getuid?.()]) {
      const grata = startGrata(dataFolder, { uid });
      await grata.next("ready");
      const { uid: runs } = statSync(`/proc/${postmasterOf(join(dataFolder, "postgres"))}`);
      expect(runs).toBe(isRoot() ? nobody : uid);
      await grata.stop();
    }
  });
});

function logOfToday(): string {
  return `postgresql-${new Date().toLocaleDateString("en", { weekday: "short", timeZone: "UTC" })}.log`;
}
