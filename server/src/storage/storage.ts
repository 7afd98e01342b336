import { Socket } from "node:net";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";
import { refusalOf } from "./database-errors.ts";
import type { systemFunctions } from "./system-functions.ts";

/** One transaction that sees the organisations it was opened for, and nothing else. */
export type Transaction = NodePgDatabase;

export type Storage = {
  /** Runs `work` in a transaction confined to these organisations. Rolls back when it throws. */
  inOrganisations<T>(organisationIds: string[], work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** The same for one organisation: the rule. */
  inOrganisation<T>(organisationId: string, work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** Calls one of the listed functions that look across organisations. */
  system<Row extends pg.QueryResultRow>(
    name: keyof typeof systemFunctions,
    parameters: unknown[],
  ): Promise<Row[]>;
  /** A statement on the few tables that belong to no organisation. */
  outsideOrganisations<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  /** A confined connection of one's own, for the append writer. */
  connect(overrides?: pg.ClientConfig): Promise<OwnConnection>;
  /** Answers when the database does. */
  ping(): Promise<void>;
  close(): Promise<void>;
};

export type OwnConnection = {
  client: pg.Client;
  /** What is asked in here leaves in one write: the driver alone makes one of each query. */
  together<T>(ask: () => T): T;
};

/** Every connection becomes the role that cannot leave its organisations, before anything else is said on it. */
async function confine(client: pg.ClientBase): Promise<void> {
  await client.query("SET ROLE grata_application");
}

/**
 * Opens the pool. All that it throws while the database is away is the refusal `unavailable`; it connects again by
 * itself.
 */
export function openStorage(
  connection: pg.ClientConfig,
  options: { maximumConnections: number; answerWithinMilliseconds?: number },
): Storage {
  const settings: pg.ClientConfig = {
    ...connection,
    application_name: "grata",
    pipeline: true,
    keepAlive: true,
    connectionTimeoutMillis: 9_000,
    statement_timeout: 15_000,
    // A database whose machine is gone does not even say that: what it has not answered by now it never will.
    query_timeout: options.answerWithinMilliseconds ?? 20_000,
    idle_in_transaction_session_timeout: 30_000,
  };
  const pool = new pg.Pool({ ...settings, max: options.maximumConnections, onConnect: confine });
  // An idle connection that breaks is replaced when it is next needed; whoever uses one gets the error itself.
  pool.on("error", () => undefined);

  async function inTransaction<T>(begin: string, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    let client: pg.PoolClient;
    try {
      client = await pool.connect();
    } catch (error) {
      throw refusalOf(error);
    }
    let broken: Error | undefined;
    const onError = (error: Error) => {
      broken = error;
    };
    client.on("error", onError);
    try {
      await client.query(begin);
      const result = await work(drizzle(client));
      await client.query("COMMIT");
      return result;
    } catch (error) {
      await client.query("ROLLBACK").catch((failure: Error) => {
        broken = failure;
      });
      throw refusalOf(error);
    } finally {
      client.off("error", onError);
      client.release(broken);
    }
  }

  return {
    inOrganisations: (organisationIds, work) => inTransaction(beginFor(organisationIds), work),
    inOrganisation: (organisationId, work) => inTransaction(beginFor([organisationId]), work),
    outsideOrganisations: (work) => inTransaction("BEGIN", work),
    async system<Row extends pg.QueryResultRow>(name: string, parameters: unknown[]) {
      const places = parameters.map((_, index) => `$${index + 1}`).join(", ");
      try {
        const result = await pool.query<Row>({
          name,
          text: `SELECT * FROM ${name}(${places})`,
          values: parameters,
        });
        return result.rows;
      } catch (error) {
        throw refusalOf(error);
      }
    },
    async connect(overrides) {
      const socket = new Socket();
      const client = new pg.Client({ ...settings, ...overrides, stream: () => socket });
      client.on("error", () => undefined);
      await client.connect();
      await confine(client);
      return {
        client,
        together(ask) {
          socket.cork();
          try {
            return ask();
          } finally {
            socket.uncork();
          }
        },
      };
    },
    async ping() {
      try {
        await pool.query("SELECT 1");
      } catch (error) {
        throw refusalOf(error);
      }
    },
    close: () => pool.end(),
  };
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** BEGIN and the organisations, as one query without parameters: one message each way. */
export function beginFor(organisationIds: string[]): string {
  for (const id of organisationIds) {
    if (!uuid.test(id)) throw new TypeError("An organisation id is a lower-case UUID.");
  }
  return `BEGIN; SET LOCAL grata.organisations = '{${organisationIds.join(",")}}'`;
}
