import { randomUUID } from "node:crypto";
import { attachEmbeddedPostgres } from "@grata/embedded-postgres/supervise";
import {
  beginSession,
  createOrganisation,
  customers,
  findFirstWebchat,
  newSecret,
  openStorage,
  type Storage,
  users,
  visitorTokens,
} from "@grata/server/testing";
import pg from "pg";
import { BenchFailure } from "../failure.ts";

const neighbour = {
  organisation: "Neighbour",
  name: "Nina Neighbour",
  email: "nina@example.test",
  password: "a wholly unguessed phrase",
  language: "en",
} as const;

/** The running server's database, for what cannot be done over HTTP yet and for the last check. */
export type Database = {
  connection: pg.ClientConfig;
  /** The web chat that the page /try shows. */
  webchat(): Promise<string>;
  /** Makes one more organisation, with a web chat. */
  makeOrganisation(): Promise<{ organisationId: string; channelId: string }>;
  /** Makes so many agents, numbered from `first` or 1, and returns the cookie of a session of each. */
  makeAgents(organisationId: string, count: number, first?: number): Promise<string[]>;
  /** Makes so many visitors of the web chat and returns the token of each. */
  makeVisitors(organisationId: string, count: number): Promise<string[]>;
  /** Messages in all logs. Throws BenchFailure when a log has a gap. */
  storedMessages(): Promise<number>;
  close(): Promise<void>;
};

/** Attaches to the database of a data folder whose server runs. */
export async function openDatabase(dataFolder: string): Promise<Database> {
  const { connection } = await attachEmbeddedPostgres({ dataFolder });
  const storage = openStorage(connection, { maximumConnections: 2 });
  return {
    connection,
    webchat: () => findWebchat(storage),
    makeOrganisation: () => createOrganisation(storage, neighbour, async (_transaction, made) => made),
    makeAgents: (organisationId, count, first) => makeAgents(storage, organisationId, count, first),
    makeVisitors: (organisationId, count) => makeVisitors(storage, organisationId, count),
    storedMessages: () => countMessages(connection),
    close: () => storage.close(),
  };
}

async function findWebchat(storage: Storage): Promise<string> {
  const channelId = await findFirstWebchat(storage);
  if (channelId === null) throw new BenchFailure("The organisation has no web chat.");
  return channelId;
}

function makeAgents(storage: Storage, organisationId: string, count: number, first = 1): Promise<string[]> {
  return storage.inOrganisation(organisationId, async (transaction) => {
    const cookies: string[] = [];
    for (let number = first; number < first + count; number++) {
      const userId = randomUUID();
      await transaction.insert(users).values({
        organisationId,
        id: userId,
        name: `Agent ${number}`,
        email: `agent${number}@example.test`,
        role: "agent",
        language: "en",
      });
      const token = await beginSession(
        transaction,
        { organisationId, userId },
        { userAgent: "bench", address: "" },
      );
      cookies.push(`grata=${token}`);
    }
    return cookies;
  });
}

/** Over HTTP, one by one, so many visitors would take longer than everything that is measured. */
async function makeVisitors(storage: Storage, organisationId: string, count: number): Promise<string[]> {
  const channelId = await findWebchat(storage);
  const made = Array.from({ length: count }, () => ({ customerId: randomUUID(), ...newSecret() }));
  await storage.inOrganisation(organisationId, async (transaction) => {
    await transaction
      .insert(customers)
      .values(made.map(({ customerId }) => ({ organisationId, id: customerId, channelId })));
    await transaction
      .insert(visitorTokens)
      .values(made.map(({ customerId, hash }) => ({ organisationId, tokenHash: hash, customerId })));
  });
  return made.map(({ secret }) => secret);
}

async function countMessages(connection: pg.ClientConfig): Promise<number> {
  const owner = new pg.Client(connection);
  await owner.connect();
  try {
    const result = await owner.query<{ messages: number; broken: number }>(`
      SELECT (SELECT count(*)::integer FROM entries WHERE occurrence ->> 'kind' = 'message') AS messages,
        (SELECT count(*)::integer FROM conversations c WHERE c.head <> (
          SELECT count(DISTINCT e.seq) FROM entries e WHERE e.conversation_id = c.id AND e.seq BETWEEN 1 AND c.head
        )) AS broken`);
    const { messages, broken } = result.rows[0] ?? { messages: 0, broken: 0 };
    if (broken > 0) throw new BenchFailure(`${broken} logs have a gap.`);
    return messages;
  } finally {
    await owner.end();
  }
}
