import type pg from "pg";
import type { Migration } from "./files.ts";

/**
 * What older programs are refused with. Of the class "connection lost", because every program so far, the oldest ones
 * too, makes `unavailable` of that: senders keep what they wrote and send it again, to a newer node.
 */
const fencedState = "08Z01";

/** Says on a connection which migrations its program knows. Programs from before there were fences say nothing. */
export const declareStep = (step: number) => `SET grata.step = '${step}'`;

/**
 * Shuts out the programs that do not know this migration, as part of its transaction: it waits for what they are just
 * storing, and from its commit on they store no entries. Two releases never number one log.
 */
export async function raiseFence(client: pg.Client, { step }: Migration): Promise<void> {
  // In the order in which appends take them, so that nobody waits for another in a circle.
  await client.query("LOCK TABLE conversations IN EXCLUSIVE MODE");
  await client.query("LOCK TABLE entries IN SHARE ROW EXCLUSIVE MODE");
  await client.query(`
    CREATE OR REPLACE FUNCTION grata_refuse_older_programs() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF current_user IN ('grata_application', 'grata_system')
        AND COALESCE(NULLIF(current_setting('grata.step', true), '')::bigint, 0) < ${step}
      THEN
        RAISE EXCEPTION 'A newer Grata has changed this database; this one stores nothing in it any more.'
          USING ERRCODE = '${fencedState}';
      END IF;
      RETURN NULL;
    END $$`);
  await client.query(`
    CREATE OR REPLACE TRIGGER entries_fence BEFORE INSERT ON entries
      FOR EACH STATEMENT EXECUTE FUNCTION grata_refuse_older_programs()`);
}
