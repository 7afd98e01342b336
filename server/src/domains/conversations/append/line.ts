import type pg from "pg";
import { isContention, isUnavailable } from "../../../foundation/storage/database-errors.ts";
import type { Outage } from "../../../foundation/storage/outage.ts";
import type { OwnConnection } from "../../../foundation/storage/storage.ts";
import { rehearseOn } from "./rehearse.ts";

/** How long a batch waits for a conversation that somebody else has locked. */
export const lockTimeoutMilliseconds = 50;
/** A batch takes milliseconds. One without an answer for this long is given up, and the next goes by another connection. */
const answerWithinMilliseconds = 5_000;

type Dependencies = {
  connect(overrides: pg.ClientConfig): Promise<OwnConnection>;
  outage: Outage;
};

/** The writer's own connection: opened when it is needed, mended or given up after a failure. */
export function createLine({ connect, outage }: Dependencies) {
  let connection: OwnConnection | null = null;

  /** Throws `unavailable`. */
  async function open(): Promise<OwnConnection> {
    try {
      connection ??= await connect({
        lock_timeout: lockTimeoutMilliseconds,
        query_timeout: answerWithinMilliseconds,
        connectionTimeoutMillis: answerWithinMilliseconds,
      });
      return connection;
    } catch (error) {
      outage.began(error);
      throw error;
    }
  }

  /** Makes the connection ready for the next batch after this error, or lets go of it. */
  async function recover(error: unknown): Promise<void> {
    if (isUnavailable(error) && !isContention(error)) outage.began(error);
    try {
      await connection?.client.query("ROLLBACK");
    } catch {
      // The connection is gone: the next batch opens another.
      connection?.client.end().catch(() => undefined);
      connection = null;
    }
  }

  return {
    open,
    recover,
    /** Writes as a batch does, and takes it back. Throws what stands in the way of it. */
    async rehearse(): Promise<void> {
      const { client } = await open();
      try {
        await rehearseOn(client);
        outage.ended();
      } catch (error) {
        outage.began(error);
        await recover(error);
        throw error;
      }
    },
    async close(): Promise<void> {
      await connection?.client.end().catch(() => undefined);
    },
  };
}
