import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inject } from "vitest";
import { type RunningNode, startNode } from "../../src/app/node.ts";
import type { ChannelRegistry } from "../../src/channels/port.ts";
import { createOrganisation } from "../../src/features/set-up/create-organisation.ts";
import { readConfiguration } from "../../src/foundation/configuration/configuration.ts";
import type { WithStorage } from "../scenes/people.ts";
import { freshDatabase } from "./databases.ts";
import { secretKey } from "./secret-key.ts";

type Options = {
  /** Another node's database, to join it. */
  databaseUrl?: string;
  environment?: Record<string, string>;
  channels?: ChannelRegistry;
};

export type TestNode = RunningNode & {
  databaseUrl: string;
  database: Awaited<ReturnType<typeof freshDatabase>> | null;
};

/** A whole node in this process, on a real database of its own; stop() drops the database too. */
export async function startTestNode(options: Options = {}): Promise<TestNode> {
  const database = options.databaseUrl ? null : await freshDatabase(inject("postgres"));
  const databaseUrl = options.databaseUrl ?? database?.url ?? "";
  const dataFolder = await mkdtemp(join(tmpdir(), "grata-node-"));
  const configuration = readConfiguration({
    PORT: "0",
    LOG_LEVEL: "silent",
    DATABASE_URL: databaseUrl,
    CHATS_PER_ADDRESS: "100000",
    MESSAGES_PER_VISITOR: "100000",
    GRATA_SECRET_KEY: secretKey,
    // Nobody is there.
    PUSH_SERVICES: "http://127.0.0.1:9",
    GRATA_DATA: dataFolder,
    ...options.environment,
  });
  const node = await startNode(configuration, {
    onLost(problem) {
      throw problem;
    },
    ...(options.channels && { channels: options.channels }),
  });
  return {
    ...node,
    database,
    databaseUrl,
    async stop() {
      await node.stop();
      await database?.drop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

export const password = "a wholly unguessed phrase";
let organisations = 0;

/** Makes an organisation with an admin, straight in the database. The address is unique in the database. */
export async function makeOrganisation(node: WithStorage, name = "Example") {
  const email = `admin${++organisations}.${process.pid}@example.test`;
  const input = { organisation: name, name: "Ada Admin", email, password, language: "en" } as const;
  const founder = await createOrganisation(node.services.storage, input, async (_transaction, made) => made);
  return { ...founder, email };
}
