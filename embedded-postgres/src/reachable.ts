import { stat } from "node:fs/promises";
import { dirname } from "node:path";
import { type Account, uidOf } from "./account.ts";

/**
 * The topmost folder on the way to a path (itself included) that an account cannot enter, or undefined if it can enter
 * all. It looks at the mode bits, as root cannot ask on behalf of another user without starting a process.
 */
export async function blockedAt(path: string, account: Account): Promise<string | undefined> {
  if (account.kind === "self") {
    return undefined; // What we cannot reach ourselves says so with an error of its own.
  }
  const above = dirname(path) === path ? undefined : await blockedAt(dirname(path), account);
  return above ?? ((await mayEnter(path, account)) ? undefined : path);
}

async function mayEnter(path: string, account: Account & { kind: "other" }): Promise<boolean> {
  const { mode, uid, gid } = await stat(path);
  const shift = uid === uidOf(account) ? 6 : gid === account.gid ? 3 : 0;
  return ((mode >> shift) & 0o1) === 0o1;
}
