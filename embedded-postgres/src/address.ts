import { chown, lstat, mkdir } from "node:fs/promises";
import { createServer } from "node:net";
import { type Account, isRoot, uidOf } from "./account.ts";
import type { Cluster } from "./cluster.ts";
import { shortHash } from "./place.ts";
import { StartupProblem } from "./startup-problem.ts";

/** Where a server listens: a socket folder and the port that names the socket in it, or on Windows 127.0.0.1. */
export type Address = { host: string; port: number };

/**
 * Chooses where a server is to listen: where it did before if that is still possible, so that connections find it
 * again. Throws StartupProblem if no private socket folder can be had.
 */
export async function chooseAddress(cluster: Cluster, before: Address | undefined): Promise<Address> {
  if (process.platform === "win32") {
    return before ?? { host: "127.0.0.1", port: await freePort() };
  }
  const names = candidates(cluster.dataFolder);
  // Its name comes from a file that root must not trust: root makes no folder that is not one of ours.
  const wanted = names.filter((name) => name === before?.host);
  for (const host of [...wanted, ...names]) {
    await makePrivate(host, cluster.account);
    if (await isPrivate(host, cluster.account)) {
      return { host, port: 5432 };
    }
  }
  throw new StartupProblem(
    `None of the folders ${names[0]} to ${names.at(-1)} can be had for the socket of PostgreSQL, because other users hold them: remove them.`,
  );
}

/** The path of a socket may have 107 bytes, so it cannot lie in the data folder. Others can take a name in /tmp. */
function candidates(dataFolder: string): string[] {
  const bases = isRoot() ? ["/run", "/tmp"] : ["/tmp"];
  const suffixes = ["", "-1", "-2", "-3", "-4", "-5", "-6", "-7", "-8", "-9"];
  return bases.flatMap((base) => suffixes.map((suffix) => `${base}/grata-${shortHash(dataFolder)}${suffix}`));
}

/** Makes a folder that only the account can enter, where there is nothing of that name yet. */
async function makePrivate(folder: string, account: Account): Promise<void> {
  try {
    await mkdir(folder, { mode: 0o700 });
    if (account.kind === "other") {
      await chown(folder, account.uid, account.gid);
    }
  } catch {
    // It exists, or its base is missing or read-only: isPrivate() tells whether it can be used.
  }
}

/** True if a folder exists that only the account can enter. Nobody can exchange it, as the bases are sticky. */
async function isPrivate(folder: string, account: Account): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined); // Not stat: it would follow a link that somebody put there.
  return found?.isDirectory() === true && found.uid === uidOf(account) && (found.mode & 0o077) === 0;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 5432;
}
