import { and, eq } from "drizzle-orm";
import type { Keys } from "../configuration/keys.ts";
import type { Storage } from "../storage/storage.ts";
import type { SecretColumn, SecretColumns } from "./columns.ts";
import { createSecrets, isSealed, prefixOf, sealedPrefix } from "./seal.ts";

type Row = { organisation_id: string; column_name: string; row_id: string };
const batch = 50;

/**
 * Seals everything anew whose text does not begin as `wanted` says, each row in a transaction of its own: it may be
 * stopped anywhere and begun again, while nodes run. Returns how many rows there were.
 */
async function reseal(storage: Storage, keys: Keys, columns: SecretColumns, wanted: string): Promise<number> {
  let count = 0;
  for (;;) {
    const rows = await storage.system<Row>("system_secrets_outside", [wanted, batch]);
    if (rows.length === 0) return count;
    for (const row of rows) {
      const column = columns[row.column_name];
      if (!column) throw new Error(`Nobody knows how to seal ${row.column_name}.`);
      if (await resealRow(storage, keys, column, row)) count++;
    }
  }
}

async function resealRow(storage: Storage, keys: Keys, column: SecretColumn, row: Row): Promise<boolean> {
  const { table, purpose } = column;
  const secrets = createSecrets(keys);
  const place = { organisationId: row.organisation_id, purpose, rowId: row.row_id };
  return storage.inOrganisation(row.organisation_id, async (transaction) => {
    const which = and(eq(column.organisationId, row.organisation_id), eq(column.rowId, row.row_id));
    const [found] = await transaction
      .select({ secret: column.secret })
      .from(table)
      .where(which)
      .for("no key update");
    if (typeof found?.secret !== "string") return false;
    const sealed = found.secret;
    const secret = isSealed(sealed) ? await secrets.open(place, sealed) : sealed;
    await transaction
      .update(table)
      .set({ [column.field]: await secrets.seal(place, secret) })
      .where(which);
    return true;
  });
}

/** Seals what is under an older key, or under none yet, with the newest one. */
export async function sealAnew(storage: Storage, keys: Keys, columns: SecretColumns): Promise<number> {
  return reseal(storage, keys, columns, prefixOf((await keys.newest()).id));
}

/** Seals what was stored before there were keys. */
export function sealPlain(storage: Storage, keys: Keys, columns: SecretColumns): Promise<number> {
  return reseal(storage, keys, columns, sealedPrefix);
}
