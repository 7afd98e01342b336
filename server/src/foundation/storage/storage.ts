import { Socket } from "node:net";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";
import { Refusal } from "../refusal/refusal.ts";
import { databaseErrorCode, isUnavailable } from "./database-errors.ts";
import { declareStep } from "./migrations/fence.ts";
import { newestStep } from "./migrations/files.ts";
import type { Outage } from "./outage.ts";
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
  /** A confined connection of one's own, for the append writer. Whatever stands against it is `unavailable`. */
  connect(overrides?: pg.ClientConfig): Promise<OwnConnection>;
  close(): Promise<void>;
};

export type OwnConnection = {
  client: pg.Client;
  /** What is asked in here leaves in one write: the driver alone makes one of each query. */
  together<T>(ask: () => T): T;
};

/** Of this role, of this database, or of all. */
const tooManyConnections = "53300";

export type StorageOptions = {
  maximumConnections: number;
  /** The newest migration that the program knows. */
  step?: number;
  answerWithinMilliseconds?: number;
  /** Is told what was turned into `unavailable`, so that somebody finds out whether the database is well. */
  onUnavailable?(cause: unknown): void;
  /** The outage during which the database refuses further connections. */
  connectionsOutage?: Outage;
};

/**
 * Opens the pool. All that it throws while the database is away is the refusal `unavailable`; it connects again by
 * itself.
 */
export function openStorage(connection: pg.ClientConfig, options: StorageOptions): Storage {
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
  const declaration = declareStep(options.step ?? newestStep());
  /** Every connection becomes the role that cannot leave its organisations, before anything else is said on it. */
  const confine = async (client: pg.ClientBase) => {
    await client.query(`SET ROLE grata_application; ${declaration}`);
  };
  const pool = new pg.Pool({ ...settings, max: options.maximumConnections, onConnect: confine });
  // An idle connection that breaks is replaced when it is next needed; whoever uses one gets the error itself.
  pool.on("error", () => undefined);
  pool.on("connect", () => options.connectionsOutage?.ended());

  function unavailable(cause: unknown): Refusal {
    options.onUnavailable?.(cause);
    return new Refusal("unavailable", { retryAfter: 2, cause });
  }

  /** An error of the database that may pass is `unavailable`; every other error is the caller's. */
  function refusalFor(error: unknown): unknown {
    if (error instanceof Refusal || !isUnavailable(error)) return error;
    return unavailable(error);
  }

  /** Runs `work` on a connection of the pool, which is dropped when it broke or when `work` says so. */
  async function onConnection<T>(
    work: (client: pg.PoolClient, drop: (because: Error) => void) => Promise<T>,
  ): Promise<T> {
    // A failed connect is never the fault of the request, whatever the reason.
    const client = await pool.connect().catch((error: unknown) => {
      if (databaseErrorCode(error) === tooManyConnections) options.connectionsOutage?.began(error);
      throw unavailable(error);
    });
    let broken: Error | undefined;
    const drop = (because: Error) => {
      broken = because;
    };
    client.on("error", drop);
    try {
      return await work(client, drop);
    } catch (error) {
      throw refusalFor(error);
    } finally {
      client.off("error", drop);
      client.release(broken);
    }
  }

  function inTransaction<T>(begin: string, work: (transaction: Transaction) => Promise<T>): Promise<T> {
    return onConnection(async (client, drop) => {
      try {
        await client.query(begin);
        const result = await work(drizzle(client));
        await client.query("COMMIT");
        return result;
      } catch (error) {
        await client.query("ROLLBACK").catch(drop);
        throw error;
      }
    });
  }

  return {
    inOrganisations: (organisationIds, work) => inTransaction(beginFor(organisationIds), work),
    inOrganisation: (organisationId, work) => inTransaction(beginFor([organisationId]), work),
    outsideOrganisations: (work) => inTransaction("BEGIN", work),
    async system<Row extends pg.QueryResultRow>(name: string, parameters: unknown[]) {
      const places = parameters.map((_, index) => `$${index + 1}`).join(", ");
      const question = { name, text: `SELECT * FROM ${name}(${places})`, values: parameters };
      return onConnection(async (client, drop) => {
        try {
          return (await client.query<Row>(question)).rows;
        } catch (error) {
          if (error instanceof Error) drop(error);
          throw error;
        }
      });
    },
    async connect(overrides) {
      const socket = new Socket();
      const client = new pg.Client({ ...settings, ...overrides, stream: () => socket });
      client.on("error", () => undefined);
      try {
        await client.connect();
        await confine(client);
      } catch (error) {
        client.end().catch(() => undefined);
        throw unavailable(error);
      }
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
