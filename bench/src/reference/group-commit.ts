import type pg from "pg";

/** A message that waits to be stored. */
export type Waiting = { pair: number; seq: number; side: number; text: string; stored(): void };

export const createTable =
  "CREATE TABLE messages (pair integer, seq integer, side integer, text text NOT NULL, PRIMARY KEY (pair, seq))";

const insert = `INSERT INTO messages (pair, seq, side, text)
  SELECT * FROM unnest($1::integer[], $2::integer[], $3::integer[], $4::text[])`;

/**
 * Stores what arrives while the last commit is under way in one statement of many rows, which is its own transaction.
 * Returns the function that hands a message over; `failed` ends the server.
 */
export function groupCommit(client: pg.Client, failed: (error: unknown) => void): (row: Waiting) => void {
  let waiting: Waiting[] = [];
  let running = false;

  async function run(): Promise<void> {
    running = true;
    await new Promise(setImmediate);
    while (waiting.length > 0) {
      const rows = waiting;
      waiting = [];
      await client.query({
        name: "insert",
        text: insert,
        values: [
          rows.map((row) => row.pair),
          rows.map((row) => row.seq),
          rows.map((row) => row.side),
          rows.map((row) => row.text),
        ],
      });
      for (const row of rows) row.stored();
    }
    running = false;
  }

  return (row) => {
    waiting.push(row);
    if (!running) run().catch(failed);
  };
}
