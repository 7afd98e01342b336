import type pg from "pg";
import { mentionOf } from "../mention.ts";
import type { NewEntry } from "./item.ts";
import type { Numbered } from "./numbering.ts";

/**
 * Inserts the entries and moves the heads. Hand-written: this is the hot path. Nothing is looked up, so that it costs
 * the same in a database without statistics and in a conversation of any length; a repeat runs into `entries_client`.
 */
const insertEntries = `
  inserted AS (
    INSERT INTO entries (organisation_id, conversation_id, seq, author_kind, user_id, author_name, audience, occurrence,
      delivery, client_id, at)
    SELECT organisation_id, conversation_id, seq, author_kind, user_id, author_name, audience, occurrence, delivery,
      client_id, statement_timestamp()
    FROM jsonb_to_recordset($1::jsonb) AS entry (organisation_id uuid, conversation_id uuid, seq integer,
      author_kind text, user_id uuid, author_name text, audience text, occurrence json, delivery text, client_id uuid)
  ), moved AS (
    UPDATE conversations c SET
      head = tail.head,
      last_text = COALESCE(tail.last_text, c.last_text),
      last_file = CASE WHEN tail.last_text IS NULL THEN c.last_file ELSE tail.last_file::json END,
      last_author = tail.last_author,
      last_at = statement_timestamp(),
      unanswered_since = CASE
        WHEN tail.last_author = 'user' THEN NULL
        WHEN tail.last_author = 'customer' AND tail.answered THEN statement_timestamp()
        WHEN tail.last_author = 'customer' THEN COALESCE(c.unanswered_since, statement_timestamp())
        WHEN tail.answered THEN NULL
        ELSE c.unanswered_since END
    FROM unnest($2::uuid[], $3::uuid[], $4::integer[], $5::text[], $6::text[], $7::boolean[],
        $8::text[])
      AS tail (organisation_id, id, head, last_text, last_author, answered, last_file)
    WHERE (c.organisation_id, c.id) = (tail.organisation_id, tail.id)
  )`;

/** The lanes that have something to deliver; a lane that pauses goes on pausing. */
const handToChannels = `
  pending AS (
    SELECT * FROM unnest($9::uuid[], $10::uuid[], $11::uuid[], $12::uuid[], $13::integer[])
      WITH ORDINALITY AS pending (organisation_id, channel_id, customer_id, conversation_id, seq, place)
  ), due AS (
    INSERT INTO lanes AS lane (organisation_id, channel_id, customer_id, due_at)
    SELECT DISTINCT organisation_id, channel_id, customer_id, statement_timestamp() FROM pending
    ON CONFLICT (organisation_id, channel_id, customer_id) DO UPDATE
      SET due_at = COALESCE(lane.due_at, excluded.due_at)
  ), handed AS (
    INSERT INTO deliveries (organisation_id, channel_id, customer_id, conversation_id, seq)
    SELECT organisation_id, channel_id, customer_id, conversation_id, seq FROM pending ORDER BY place
  )`;

const answerWithTime = "SELECT statement_timestamp() AS at";
const insertStatement = `WITH ${insertEntries} ${answerWithTime}`;
const insertAndDeliverStatement = `WITH ${insertEntries}, ${handToChannels} ${answerWithTime}`;

/** Stores the entries and resolves to the time they carry. Fails as a whole. */
export async function insertNumbered(client: pg.Client, numbered: Numbered[]): Promise<Date> {
  const pending = numbered.filter(({ delivery }) => delivery === "pending");
  const values = [JSON.stringify(numbered.map(toRecord)), ...tailColumns(numbered)];
  const result = await client.query<{ at: Date }>(
    pending.length === 0
      ? { name: "append_insert", text: insertStatement, values }
      : {
          name: "append_insert_and_deliver",
          text: insertAndDeliverStatement,
          values: [...values, ...pendingColumns(pending)],
        },
  );
  const at = result.rows[0]?.at;
  if (!at) throw new Error("An insert answered without its time.");
  return at;
}

function toRecord({ item: { entry }, seq, delivery, occurrence }: Numbered): object {
  return {
    organisation_id: entry.organisationId,
    conversation_id: entry.conversationId,
    seq,
    author_kind: entry.author.kind,
    user_id: entry.author.userId,
    author_name: entry.author.name,
    audience: entry.audience,
    occurrence,
    delivery,
    client_id: entry.clientId,
  };
}

/** What becomes of each conversation: one column for each parameter from $2 on. */
function tailColumns(numbered: Numbered[]): unknown[][] {
  const tails = [...Map.groupBy(numbered, ({ row }) => row)].map(([row, ofRow]) => ({ row, ofRow }));
  const lastOf = (ofRow: Numbered[]) => ofRow.at(-1);
  return [
    tails.map(({ row }) => row.organisation_id),
    tails.map(({ row }) => row.id),
    tails.map(({ ofRow }) => lastOf(ofRow)?.seq),
    tails.map(({ ofRow }) => lastTextOf(ofRow)),
    tails.map(({ ofRow }) => lastOf(ofRow)?.item.entry.author.kind),
    tails.map(({ ofRow }) => ofRow.some(({ item }) => item.entry.author.kind === "user")),
    tails.map(({ ofRow }) => lastFileOf(ofRow)),
  ];
}

function pendingColumns(pending: Numbered[]): unknown[][] {
  return [
    pending.map(({ row }) => row.organisation_id),
    pending.map(({ row }) => row.channel_id),
    pending.map(({ row }) => row.customer_id),
    pending.map(({ row }) => row.id),
    pending.map(({ seq }) => seq),
  ];
}

function lastTextOf(ofRow: Numbered[]): string | null {
  const text = ofRow.map(({ item }) => textOf(item.entry)).findLast((one) => one !== null);
  return text?.slice(0, excerptLength).toWellFormed() ?? null;
}

/** What the last message of all carries, as JSON. */
function lastFileOf(ofRow: Numbered[]): string | null {
  const last = ofRow.map(({ item }) => item.entry.occurrence).findLast(({ kind }) => kind === "message");
  const mention = last && mentionOf(last);
  return mention ? JSON.stringify(mention) : null;
}

/** What lists show of a message. */
const excerptLength = 200;

function textOf({ occurrence }: NewEntry): string | null {
  return occurrence.kind === "message" ? occurrence.text : null;
}
