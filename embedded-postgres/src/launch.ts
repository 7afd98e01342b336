import { spawn } from "node:child_process";
import { Socket } from "node:net";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { spawnAs } from "./account.ts";
import type { Address } from "./address.ts";
import type { Cluster } from "./cluster.ts";
import { lastComplaint, lastComplaintInLog } from "./complaint.ts";
import { describeOurselves, writeHolder } from "./holder.ts";
import { openServerPipe } from "./server-pipe.ts";

/** A server that we started: `ending` is set when it gave up, and says why. */
export type Launched = {
  ending: Ending | undefined;
  signal(name: "SIGINT" | "SIGQUIT"): void;
};

/** A server that is just being started has little to write. */
const orderlyWithin = 10_000;

type Ending = {
  complaint: string;
  /** Another server, or what is left of one, was in the way: it may work a moment later. */
  inTheWay: boolean;
};

/** Settings are given here and not in postgresql.conf, so that a new version of Grata changes them. */
const settings = {
  max_connections: "100",
  shared_buffers: "128MB",
  wal_compression: "off",
  // A young database grows a hundredfold in a minute: until its tables are analysed, plans are made for empty ones.
  autovacuum_naptime: "20s",
  // PostgreSQL's lines on statements quote rows and values; Grata logs its own statements without them.
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_parameter_max_length: "0",
  log_parameter_max_length_on_error: "0",
  logging_collector: "on",
  log_directory: "log",
  // One file for each day of the week, emptied when its day comes again.
  log_filename: "postgresql-%a.log",
  log_rotation_age: "1d",
  log_rotation_size: "0",
  log_truncate_on_rotation: "on",
  unix_socket_permissions: "0700",
};

/**
 * Starts PostgreSQL in a process group of its own, where Ctrl-C in our terminal does not reach it, and does not wait:
 * whether it came up is seen from its postmaster.pid. Only the owner of the data folder may do so.
 */
export async function launch(cluster: Cluster, { host, port }: Address): Promise<Launched> {
  const listening =
    process.platform === "win32"
      ? { listen_addresses: host, unix_socket_directories: "", port }
      : { listen_addresses: "", unix_socket_directories: socketFolders(host), port };
  const flags = Object.entries({ ...settings, ...listening }).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]);
  await writeHolder(dirname(cluster.folder), "server.json", await describeOurselves());
  const pipe = await openServerPipe(cluster.folder);
  const since = Date.now();
  const child = spawn(cluster.binaries.postgres, ["-D", cluster.folder, ...flags], {
    ...spawnAs(cluster.account),
    detached: true,
    stdio: ["ignore", "ignore", "pipe", ...(pipe ? [pipe.fd] : [])],
    windowsHide: true,
  });
  child.unref();
  if (child.stderr instanceof Socket) {
    child.stderr.unref(); // PostgreSQL's log writer holds the other end for as long as it lives.
  }

  const launched: Launched = { ending: undefined, signal: (name) => child.kill(name) };
  let output = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  child.once("error", (error) => {
    launched.ending = { complaint: error.message, inTheWay: false };
  });
  child.once("close", async (code, signal) => {
    const complaint = (await explain(output, cluster, since)) ?? `it ended with ${signal ?? `code ${code}`}`;
    const inTheWay = /lock file|shared memory block/.test(complaint) && !/No space left/.test(complaint);
    launched.ending ??= { complaint, inTheWay };
  });
  await pipe?.close();
  return launched;
}

/** On Linux also in the cluster itself, where those find it who share the folder and not /run or /tmp. */
function socketFolders(host: string): string {
  return process.platform === "linux" ? `${host},.` : host;
}

/** What goes wrong before the log file is open is said on the error output, what goes wrong later only in the file. */
async function explain(output: string, cluster: Cluster, since: number): Promise<string | undefined> {
  const inLog = /FATAL|PANIC/.test(output) ? undefined : await lastComplaintInLog(cluster.folder, since);
  return inLog ?? lastComplaint(output);
}

/** Stops a server that we started, whatever it is doing: orderly, or if that takes too long by force. */
export async function stopLaunched(launched: Launched): Promise<void> {
  for (const name of ["SIGINT", "SIGQUIT"] as const) {
    const deadline = Date.now() + orderlyWithin;
    launched.signal(name);
    while (launched.ending === undefined && Date.now() < deadline) {
      await delay(10);
    }
  }
}
