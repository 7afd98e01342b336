import { type ChildProcessByStdio, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import pg from "pg";
import { afterAll, onTestFinished } from "vitest";
import type { Connection } from "../connection.ts";
import { shortHash } from "../place.ts";
import { startEmbeddedPostgres } from "../supervise.ts";
import { killAllUsing } from "./processes.ts";

type Event = {
  begun?: true;
  ready?: Connection;
  milliseconds?: number;
  problem?: string;
  log?: string;
  takenOver?: string;
  stopped?: true;
};

export const nobody = 65_534;

/** Makes a folder that everybody may pass through; it and all that uses it is gone when the test is finished. */
export function temporaryFolder(owner?: number): string {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "grata-test-"));
  chmodSync(folder, 0o711);
  if (owner !== undefined) {
    chownSync(folder, owner, owner);
  }
  onTestFinished(() => {
    killAllUsing(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
  });
  return folder;
}

/** A data folder that does not exist yet, in a temporary folder. */
export function newDataFolder(owner?: number, name = "data"): string {
  const dataFolder = join(temporaryFolder(owner), name);
  onTestFinished(() => {
    for (const socketFolder of socketFoldersOf(dataFolder)) {
      rmSync(socketFolder, { recursive: true, force: true });
    }
  });
  return dataFolder;
}

/** A data folder with a database that holds `kept (value) = 42`, of which no server runs. */
export async function existingDataFolder(): Promise<string> {
  template ??= makeTemplate();
  const dataFolder = newDataFolder();
  spawnSync("cp", ["-a", await template, dataFolder]); // Unlike Node's own it keeps owners and modes.
  return dataFolder;
}

/** A setup takes a second, a copy a tenth of that: one for each test file. */
let template: Promise<string> | undefined;
let templateFolder = "";
afterAll(() => rmSync(templateFolder, { recursive: true, force: true }));

async function makeTemplate(): Promise<string> {
  templateFolder = mkdtempSync(join(realpathSync(tmpdir()), "grata-test-"));
  chmodSync(templateFolder, 0o711);
  const dataFolder = join(templateFolder, "data");
  const postgres = await startEmbeddedPostgres({ dataFolder });
  await ask(postgres.connection, "CREATE TABLE kept AS SELECT 42 AS value");
  await postgres.stop();
  rmSync(postgres.connection.host, { recursive: true });
  return dataFolder;
}

/** The socket folders of a data folder. */
export function socketFoldersOf(dataFolder: string): string[] {
  return ["/run", "/tmp"].flatMap((base) =>
    readdirSync(base)
      .filter((name) => name.startsWith(`grata-${shortHash(dataFolder)}`))
      .map((name) => join(base, name)),
  );
}

/** A running `testing/grata.ts`. */
export type Grata = {
  process: ChildProcessByStdio<Writable, Readable, Readable>;
  /** Waits for the next event that has a key, which may have come already, and returns its value. */
  next<Key extends keyof Event>(key: Key): Promise<NonNullable<Event[Key]>>;
  stop(): Promise<void>;
  kill(): Promise<void>;
};

/** Starts a Grata on a data folder, as another user if one is given, and does not wait for anything. A wrapper is a command that runs another. */
export function startGrata(
  dataFolder: string,
  { mode = "start", uid = process.getuid?.(), shell = "", wrapper = [] as string[] } = {},
): Grata {
  const program = [...wrapper, process.execPath, join(import.meta.dirname, "grata.ts"), mode, dataFolder];
  const child = spawn("/bin/sh", ["-c", `${shell} exec "$@"`, "sh", ...program], {
    stdio: ["pipe", "pipe", "pipe"],
    cwd: "/",
    detached: true, // a process group of its own, as a terminal gives it
    uid,
    gid: uid,
  });
  const ended = once(child, "close");
  let errors = "";
  child.stderr.on("data", (text) => {
    errors += text;
  });
  const events: Event[] = [];
  const waiting = new Set<() => void>();
  createInterface(child.stdout).on("line", (line) => {
    events.push(JSON.parse(line) as Event);
    for (const look of waiting) look();
  });
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });

  function next<Key extends keyof Event>(key: Key): Promise<NonNullable<Event[Key]>> {
    return new Promise((resolve, reject) => {
      const look = () => {
        const index = events.findIndex((event) => event[key] !== undefined);
        if (index >= 0) {
          waiting.delete(look);
          resolve(events.splice(index, 1)[0]?.[key] as NonNullable<Event[Key]>);
        }
      };
      waiting.add(look);
      look();
      void ended.then(() => {
        look();
        reject(new Error(`Grata ended without "${key}" but with ${JSON.stringify(events)} ${errors}`));
      });
    });
  }

  return {
    process: child,
    next,
    async stop() {
      child.stdin.write("stop\n");
      await next("stopped");
      await ended;
    },
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

/** Asks one question on a connection of its own and returns the first row. */
export async function ask(connection: Connection, sql: string): Promise<Record<string, unknown>> {
  const client = new pg.Client(connection);
  client.on("error", () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows[0];
  } finally {
    await client.end();
  }
}
