import type pg from "pg";
import { beginFor } from "../../../foundation/storage/storage.ts";

/**
 * Takes the way of a message as far as the disk, and leaves nothing behind: a row for a log and one of a table that
 * is there before the first chat are written and taken back, and what told of them is committed. So whatever would
 * refuse a message refuses this: a full disk, a database that only reads, a lock on a table, a standby that a commit
 * waits for.
 */
export async function rehearseOn(client: pg.Client): Promise<void> {
  const found = await client.query<{ organisation_id: string }>(
    "SELECT organisation_id FROM system_webchat(system_first_webchat())",
  );
  const organisationIds = found.rows.map((row) => row.organisation_id);
  await client.query(`${beginFor(organisationIds)}; ${writeAndTakeBack}; COMMIT`);
}

/** A number that no entry has, and another one for each node that rehearses at the same moment. */
const writeAndTakeBack = `
  SAVEPOINT rehearsal;
  INSERT INTO entries (organisation_id, conversation_id, seq, author_kind, audience, occurrence, delivery, at)
    SELECT organisation_id, id, -1 - floor(random() * 2000000000)::integer, 'customer', 'everybody',
      '{"kind":"message","text":""}', 'none', statement_timestamp()
    FROM conversations LIMIT 1 FOR KEY SHARE SKIP LOCKED;
  INSERT INTO set_up_links (token_hash) VALUES (uuid_send(gen_random_uuid()));
  ROLLBACK TO SAVEPOINT rehearsal`;
