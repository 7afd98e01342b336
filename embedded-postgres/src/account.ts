import { readFile } from "node:fs/promises";
import { StartupProblem } from "./startup-problem.ts";

/** The system user that runs PostgreSQL: ourselves, or as root somebody else, because PostgreSQL refuses to run as root. */
export type Account = { kind: "self" } | { kind: "other"; name: string; uid: number; gid: number };

/** True if this process may become any user. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The user `nobody` as the system lists it. Throws StartupProblem if it has none. */
export async function findNobody(): Promise<Account> {
  const users = await readFile("/etc/passwd", "utf8").catch(() => "");
  const [name, , uid, gid] =
    users
      .split("\n")
      .map((line) => line.split(":"))
      .find(([user]) => user === "nobody") ?? [];
  if (name === undefined || !uid || !gid) {
    throw new StartupProblem(
      "PostgreSQL refuses to run as root and this system has no user nobody: start Grata as an ordinary user.",
    );
  }
  return otherAccount(name, Number(uid), Number(gid));
}

/** An account by its ids. macOS writes nobody as -2 and reports 4294967294: one spelling here, so that they compare. */
export function otherAccount(name: string, uid: number, gid: number): Account {
  return { kind: "other", name, uid: uid >>> 0, gid: gid >>> 0 };
}

/** The user id that owns what this account writes; undefined on Windows, which has none. */
export function uidOf(account: Account): number | undefined {
  return account.kind === "other" ? account.uid : process.getuid?.();
}

/** The part of the spawn options that makes a child run as this account, without inheriting anything of ours. */
export function spawnAs(account: Account): {
  cwd: string;
  env: NodeJS.ProcessEnv;
  uid?: number;
  gid?: number;
} {
  const identity = account.kind === "other" ? { uid: account.uid | 0, gid: account.gid | 0 } : {};
  return { cwd: process.platform === "win32" ? process.cwd() : "/", env: plainEnvironment(), ...identity };
}

/** Our environment holds secrets and PG* variables that PostgreSQL must not see; English keeps its errors readable to us. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const kept = ["PATH", "SystemRoot", "TEMP", "TMP"].map((name) => [name, process.env[name]]);
  return { ...Object.fromEntries(kept), LC_ALL: "C", TZ: "UTC" };
}
