import pg from "pg";

/** The tables and the column that a running node writes by itself: who is there, and what makes messages findable. */
const beating = {
  tables: [
    "connected_sessions",
    "absences",
    ...["unindexed_entries", "search_counters", "searched_messages", "search_postings", "participants"],
  ],
  column: "last_seen_at",
};

/** Every table of a database with each of its rows as text, as its owner sees them; but for what beats. */
export async function contentsOf(url: string): Promise<Record<string, string[]>> {
  return asOwner(url, async (client) => {
    const tables = await client.query<{ name: string }>(
      `SELECT relname AS name FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relname = ANY ($1)
       ORDER BY relname`,
      [beating.tables],
    );
    const contents: Record<string, string[]> = {};
    for (const { name } of tables.rows) {
      const rows = await client.query<{ line: string }>(
        `SELECT (to_jsonb(t) - $1)::text AS line FROM "${name}" t ORDER BY 1`,
        [beating.column],
      );
      contents[name] = rows.rows.map((row) => row.line);
    }
    return contents;
  });
}

/** Runs statements on a connection of one's own that row security does not bind. */
export async function asOwner<T>(
  connection: string | pg.ClientConfig,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client(connection);
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** In which forms a secret lies in the database; it should be none. */
export async function formsStored(url: string, secret: string): Promise<string[]> {
  const everything = JSON.stringify(await contentsOf(url));
  const forms = {
    "as it is": secret,
    "as bytes": Buffer.from(secret).toString("hex"),
    decoded: Buffer.from(secret, "base64url").toString("hex"),
    encoded: Buffer.from(secret).toString("base64"),
  };
  return Object.entries(forms)
    .filter(([, form]) => everything.includes(form))
    .map(([name]) => name);
}
