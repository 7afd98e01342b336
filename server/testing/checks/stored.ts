import pg from "pg";
import { expect } from "vitest";

/** A connection as the owner of a test's database: past row security, and with nothing of ours in between. */
export async function openSql(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl, pipeline: true });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

export type StoredEntry = {
  seq: number;
  kind: string;
  text: string | null;
  author: string;
  clientId: string | null;
  delivery: string;
  at: Date;
};

/** A log as the database has it, in order. */
export async function storedLog(sql: pg.Client, conversationId: string): Promise<StoredEntry[]> {
  const result = await sql.query<StoredEntry>(
    `SELECT seq, occurrence ->> 'kind' AS kind, occurrence ->> 'text' AS text, author_kind AS author,
       client_id AS "clientId", delivery, at
     FROM entries WHERE conversation_id = $1 ORDER BY seq`,
    [conversationId],
  );
  return result.rows;
}

/** Decision 1: the numbers of every log are 1, 2, 3... and its head is the last of them. */
export async function expectDenseLogs(sql: pg.Client): Promise<void> {
  const result = await sql.query(
    `SELECT c.id, c.head, array_agg(e.seq ORDER BY e.seq) AS numbers
     FROM conversations c LEFT JOIN entries e ON e.conversation_id = c.id
     GROUP BY c.id, c.head
     HAVING array_agg(e.seq ORDER BY e.seq) <> (SELECT array_agg(n) FROM generate_series(1, c.head) n)`,
  );
  expect(result.rows).toEqual([]);
}

/** The size that each list carries is the number of chats on it. */
export async function expectTrueLists(sql: pg.Client): Promise<void> {
  const lists = await sql.query<{ list: string; size: number; counted: number }>(
    `SELECT list, size, (SELECT count(*)::int FROM conversations c
       WHERE c.organisation_id = held.organisation_id AND CASE list
         WHEN 'waiting' THEN c.status = 'waiting'
         ELSE c.status = 'claimed' AND 'current:' || c.claimed_by = list END) AS counted
     FROM list_versions held`,
  );
  for (const { list, size, counted } of lists.rows) expect({ list, size }).toEqual({ list, size: counted });
}

/** How many rows each table of the conversations has: the same before and after means that nothing was half-written. */
export async function rowCounts(sql: pg.Client): Promise<Record<string, number>> {
  const result = await sql.query<Record<string, number>>(
    `SELECT (SELECT count(*)::int FROM conversations) AS conversations,
       (SELECT sum(head)::int FROM conversations) AS heads,
       (SELECT count(*)::int FROM entries) AS entries,
       (SELECT count(*)::int FROM deliveries) AS deliveries,
       (SELECT sum(version)::int FROM list_versions) AS versions`,
  );
  return result.rows[0] ?? {};
}
