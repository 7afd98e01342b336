import { spawnSync } from "node:child_process";
import { isRoot } from "../account.ts";
import { childrenOf } from "./processes.ts";

/** Processes, mounts, shared memory and host name of its own, as a container has them; it ends as a whole. */
const unshare = [
  "unshare",
  ...(isRoot() ? [] : ["--user", "--map-current-user", "--keep-caps"]),
  ..."--pid --mount --ipc --uts --fork --kill-child --mount-proc".split(" "),
];

/**
 * The command by which a shell runs its parameters in a container of that host name, which has a /run of its own and
 * shares all other files. `run` is what the container's first process, a shell, does. Throws where none can be made.
 */
export function inContainer(host: string, run = 'exec "$@"'): string[] {
  const { status, stderr, error } = spawnSync(unshare[0] ?? "", [...unshare.slice(1), "true"]);
  if (status !== 0) {
    throw new Error(
      `This test makes containers, and unshare cannot (${error?.message ?? stderr.toString().trim()}): run it as root, or install util-linux and allow user namespaces.`,
    );
  }
  const script = `hostname ${host} && mount -t tmpfs -o mode=755 none /run && ${run}`;
  return [...unshare, "sh", "-c", script, "sh"];
}

/** A process and all that came of it. */
export function familyOf(pid: number): { pid: number; title: string }[] {
  return childrenOf(pid).flatMap((child) => [child, ...familyOf(child.pid)]);
}
