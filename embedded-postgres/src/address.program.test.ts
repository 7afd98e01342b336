import { chmodSync, chownSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isRoot } from "./account.ts";
import { shortHash } from "./place.ts";
import { killServer, postmasterOf } from "./testing/processes.ts";
import { ask, existingDataFolder, nobody, startGrata, temporaryFolder } from "./testing/world.ts";

const usual = (dataFolder: string) => `${isRoot() ? "/run" : "/tmp"}/grata-${shortHash(dataFolder)}`;

const occupations: Record<string, (folder: string) => void> = {
  "open to others": (folder) => {
    mkdirSync(folder);
    chmodSync(folder, 0o777);
    chownSync(folder, isRoot() ? nobody : -1, -1);
  },
  "a link to elsewhere": (folder) => symlinkSync(temporaryFolder(), folder),
  ...(isRoot() && {
    "of another user": (folder: string) => {
      mkdirSync(folder, 0o700);
      chownSync(folder, 12345, 12345);
    },
  }),
};

describe("address", () => {
  it("H1: has a short socket path however long the data folder's is", async () => {
    const deep = join(temporaryFolder(), ...Array(5).fill("a-folder-whose-name-is-rather-long"));
    mkdirSync(deep, { recursive: true });
    const { host } = await startGrata(join(deep, "data")).next("ready");
    expect(`${host}/.s.PGSQL.5432`.length).toBeLessThan(60);
    rmSync(host, { recursive: true });
  });

  it("H1: has an owner, too, where its path is longer than those that can be locked by their name", async () => {
    const deep = join(temporaryFolder(), ...Array(5).fill("a-folder-with-a-long-name-".repeat(6)));
    mkdirSync(deep, { recursive: true });
    const dataFolder = join(deep, "data");
    const grata = startGrata(dataFolder);
    const { host } = await grata.next("ready");
    expect(await startGrata(dataFolder).next("problem")).toContain(`process ${grata.process.pid}, since`);
    rmSync(host, { recursive: true });
  });

  it.each(Object.keys(occupations))(
    "H1: does not use a socket folder that somebody else made: %s",
    async (kind) => {
      const dataFolder = await existingDataFolder();
      occupations[kind]?.(usual(dataFolder));
      const grata = startGrata(dataFolder);
      const connection = await grata.next("ready");
      expect(connection.host).toBe(`${usual(dataFolder)}-1`);
      // The name that became free is not taken: those who know the old one must find the server there.
      rmSync(usual(dataFolder), { recursive: true });
      killServer(postmasterOf(join(dataFolder, "postgres")));
      await grata.next("log");
      await grata.next("log");
      expect(await ask(connection, "SELECT value FROM kept")).toEqual({ value: 42 });
      await grata.kill();
      expect(await startGrata(dataFolder).next("ready")).toEqual(connection);
    },
  );

  it("H1: says so if every name is taken", async () => {
    const dataFolder = await existingDataFolder();
    for (const base of ["/run", "/tmp"].filter((base) => isRoot() || base === "/tmp")) {
      for (const suffix of ["", "-1", "-2", "-3", "-4", "-5", "-6", "-7", "-8", "-9"]) {
        symlinkSync("/", `${base}/grata-${shortHash(dataFolder)}${suffix}`);
      }
    }
    expect(await startGrata(dataFolder).next("problem")).toMatch(
      /^None of the folders \S+ to \S+ can be had for the socket/,
    );
  });
});
