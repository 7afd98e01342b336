import type pg from "pg";

/** Every row of every table as text: what is not in it is not in the database. */
export async function dump(sql: pg.Client): Promise<string> {
  const tables = await sql.query<{ name: string }>(
    "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
  );
  let text = "";
  for (const { name } of tables.rows) {
    const { rows } = await sql.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    text += rows.map(({ row }) => `${name} ${row}\n`).join("");
  }
  return text;
}
