import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Child, startChild } from "./child.ts";

export type GrataServer = {
  child: Child;
  /** By number, so that no time goes into finding out what localhost is. */
  url: string;
  secondsToReady: number;
  /** The token of the set-up link; null when the folder has an organisation. */
  setUpToken(): Promise<string>;
  stop(): Promise<void>;
};

export type ServerOptions = {
  program: string;
  dataFolder: string;
  /** 0: any free one. */
  port?: number;
  /** Undefined: none, because those who are played here write faster than people. */
  limits?: Record<string, string>;
};

const unlimited = {
  CHATS_PER_ADDRESS: "1000000",
  MESSAGES_PER_VISITOR: "1000000",
  SOCKETS_PER_ADDRESS: "1000000",
};

const repository = fileURLToPath(new URL("../../../", import.meta.url));

/** The server program of this repository: what was built, unless the sources are newer. */
export function ownServerProgram(): string {
  const built = join(repository, "server/dist/main.js");
  const source = join(repository, "server/src/app/main.ts");
  const newest = Math.max(
    ...["server/src", "contract/src"].map((folder) => newestIn(join(repository, folder))),
  );
  return existsSync(built) && statSync(built).mtimeMs >= newest ? built : source;
}

function newestIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return Math.max(...files.map((file) => statSync(join(folder, file)).mtimeMs));
}

/** Starts Grata on a data folder, with its own embedded PostgreSQL, and waits until it says that it is ready. */
export async function startGrata(options: ServerOptions): Promise<GrataServer> {
  const begin = performance.now();
  const child = startChild([options.program], {
    GRATA_DATA: options.dataFolder,
    PORT: String(options.port ?? 0),
    HOST: "127.0.0.1",
    LOG_LEVEL: "error",
    ...(options.limits ?? unlimited),
    DATABASE_URL: "",
    REDIS_URL: "",
    PUBLIC_URL: "",
    TRUSTED_PROXIES: "",
  });
  const ready = await child.line(/^Grata is ready: \S+:(\d+)/);
  const secondsToReady = (performance.now() - begin) / 1000;
  return {
    child,
    url: `http://127.0.0.1:${ready[1]}`,
    secondsToReady,
    setUpToken: async () => (await child.line(/\/set-up#(\S+)/))[1] ?? "",
    stop: () => child.end("SIGTERM"),
  };
}
