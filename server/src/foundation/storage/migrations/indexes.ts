import type pg from "pg";
import type { Migration } from "./files.ts";
import type { Patiently } from "./patience.ts";

/** A build that ends within this, as on an empty database, is not worth a line in the log. */
const quickMilliseconds = 2_000;

const created = /^CREATE (?:UNIQUE )?INDEX CONCURRENTLY "(\w+)"/;

/**
 * Builds, or drops, indexes while others write. A build that was killed leaves an index that is kept up to date and
 * never used: it is dropped and built again; one that was finished stays.
 */
export async function changeIndexes(
  client: pg.Client,
  { name, statements }: Migration,
  patiently: Patiently,
  say: (sentence: string) => void,
): Promise<void> {
  // Waiting for older transactions keeps nobody from writing, however long it takes.
  await client.query("SET lock_timeout = 0");
  for (const statement of statements) {
    const index = created.exec(statement)?.[1];
    if (index === undefined) {
      await patiently(name, () => client.query(statement));
      continue;
    }
    await patiently(name, async () => {
      const found = await stateOf(client, index);
      if (found === "valid") return;
      if (found === "invalid") await drop(client, index);
      const sentence = `The migration ${name} builds the index ${index}; messages are stored meanwhile.`;
      const telling = setTimeout(say, quickMilliseconds, sentence);
      await build(client, index, statement).finally(() => clearTimeout(telling));
    });
  }
}

/** A build that fails takes back what it began: a unique index that is not valid would still refuse rows. */
async function build(client: pg.Client, index: string, statement: string): Promise<void> {
  try {
    await client.query(statement);
  } catch (error) {
    if ((await stateOf(client, index)) === "invalid") await drop(client, index);
    throw error;
  }
}

async function drop(client: pg.Client, index: string): Promise<void> {
  await client.query(`DROP INDEX CONCURRENTLY IF EXISTS "${index}"`);
}

async function stateOf(client: pg.Client, index: string): Promise<"absent" | "invalid" | "valid"> {
  const { rows } = await client.query<{ valid: boolean }>(
    `SELECT i.indisvalid AS valid FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid
     WHERE c.relname = $1 AND c.relnamespace = 'public'::regnamespace`,
    [index],
  );
  const [row] = rows;
  if (!row) return "absent";
  return row.valid ? "valid" : "invalid";
}
