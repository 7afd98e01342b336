import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Account, findNobody, isRoot } from "./account.ts";
import { type Binaries, prepareBinaries } from "./binaries.ts";
import { findInstalledPackage, type InstalledPackage } from "./installed-package.ts";
import { nobody, temporaryFolder } from "./testing/world.ts";

const uid = isRoot() ? nobody : undefined;

/** A copy of the package as npm leaves it when install scripts are off. */
async function packageWithoutLinks(): Promise<InstalledPackage> {
  const installed = await findInstalledPackage();
  const root = join(temporaryFolder(), "package");
  spawnSync("cp", ["-a", installed.root, root]);
  for (const { target } of JSON.parse(readFileSync(join(root, "native/pg-symlinks.json"), "utf8"))) {
    rmSync(join(root, target));
  }
  return { ...installed, root };
}

const accountToUse = async (): Promise<Account> => (isRoot() ? findNobody() : { kind: "self" });

const versionOf = (program: string) =>
  execFileSync(program, ["--version"], {
    encoding: "utf8",
    uid,
    gid: uid,
    cwd: "/",
    stdio: ["ignore", "pipe", "pipe"],
  });

describe("binaries", () => {
  it("H1: makes the links that npm did not make because install scripts are off", async () => {
    const installed = await packageWithoutLinks();
    expect(() => versionOf(join(installed.root, "native/bin/postgres"))).toThrow("shared libraries");
    const [binaries] = await Promise.all(
      [1, 2].map(async () => prepareBinaries(installed, await accountToUse(), "/none")),
    );
    expect(dirname(binaries?.postgres ?? "")).toBe(join(installed.root, "native/bin"));
    expect(versionOf(binaries?.postgres ?? "")).toMatch(/PostgreSQL\) 18/);
    expect(versionOf(binaries?.initdb ?? "")).toMatch(/PostgreSQL\) 18/);
    expect(lstatSync(join(installed.root, "native/lib/libpq.so.5")).isSymbolicLink()).toBe(true);
  });

  it("H1: copies what it cannot write, and finds the copy the next time", async () => {
    const installed = await packageWithoutLinks();
    const libraries = join(installed.root, "native/lib");
    chmodSync(libraries, 0o555);
    onTestFinished(() => chmodSync(libraries, 0o755));
    const copies = temporaryFolder(uid);
    const first = prepareAs(uid, installed, copies);
    expect(dirname(first.postgres)).toBe(
      join(copies, `postgres-binaries-${installed.version}`, "native/bin"),
    );
    expect(versionOf(first.postgres)).toMatch(/PostgreSQL\) 18/);
    const made = lstatSync(first.postgres).ctimeMs;
    expect(prepareAs(uid, installed, copies)).toEqual(first);
    expect(lstatSync(first.postgres).ctimeMs).toBe(made);
    expect(readdirSync(copies)).toEqual([`postgres-binaries-${installed.version}`]);
  });

  it.skipIf(!isRoot())(
    "H1: copies what the user who runs PostgreSQL cannot reach, whatever its modes",
    async () => {
      const installed = await packageWithoutLinks();
      spawnSync("chmod", ["-R", "go=", installed.root]);
      const copies = join(temporaryFolder(), "made/for/it");
      mkdirSync(dirname(copies), { recursive: true });
      const binaries = await prepareBinaries(installed, await findNobody(), copies);
      expect(binaries.postgres.startsWith(copies)).toBe(true);
      expect(versionOf(binaries.postgres)).toMatch(/PostgreSQL\) 18/);
      expect(existsSync(join(dirname(binaries.postgres), "../share/postgresql/postgres.bki"))).toBe(true);
    },
  );
});

/** Prepares in a process of an ordinary user, for whom modes count. */
function prepareAs(uid: number | undefined, installed: InstalledPackage, copies: string): Binaries {
  chownSync(copies, uid ?? process.getuid?.() ?? 0, uid ?? process.getgid?.() ?? 0);
  const program = `
    import { prepareBinaries } from ${JSON.stringify(join(import.meta.dirname, "binaries.ts"))};
    const [installed, copies] = ${JSON.stringify([installed, copies])};
    console.log(JSON.stringify(await prepareBinaries(installed, { kind: "self" }, copies)));`;
  const options = { encoding: "utf8", uid, gid: uid, cwd: "/" } as const;
  return JSON.parse(execFileSync(process.execPath, ["--input-type=module", "-e", program], options));
}
