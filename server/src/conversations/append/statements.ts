import type { ChannelKind } from "../../channels/port.ts";

/** The two statements of an append. Hand-written: they are the hot path, and their locks are the point. */

const wanted = `
  SELECT organisation_id, id FROM json_to_recordset($1::json) AS wanted(organisation_id uuid, id uuid)`;

const lockColumns = `
  c.organisation_id, c.id, c.channel_id, c.customer_id, c.status, c.claimed_by, channel.kind AS channel_kind`;

/** Locks the conversations in the order of their ids, so that two writers never wait for each other in a circle. */
export const lockStatement = (whenLocked: "wait" | "skip") => `
  SELECT ${lockColumns} FROM conversations c
  JOIN channels channel ON (channel.organisation_id, channel.id) = (c.organisation_id, c.channel_id)
  WHERE (c.organisation_id, c.id) IN (${wanted})
  ORDER BY c.organisation_id, c.id
  FOR NO KEY UPDATE OF c ${whenLocked === "skip" ? "SKIP LOCKED" : ""}`;

export type LockedRow = {
  organisation_id: string;
  id: string;
  channel_id: string;
  customer_id: string;
  status: "waiting" | "claimed" | "closed";
  claimed_by: string | null;
  channel_kind: ChannelKind;
};

/** Locks those wait lists that nobody else has locked. */
export const lockWaitListsStatement = `
  SELECT organisation_id FROM list_versions
  WHERE list = 'waiting' AND organisation_id = ANY ($1::uuid[])
  ORDER BY organisation_id
  FOR NO KEY UPDATE SKIP LOCKED`;

/**
 * Drops repeats, inserts the rest and moves each head by the rows really inserted. Sent after the locks are held: its
 * snapshot is newer than whatever another node stored before.
 */
export const insertStatement = `
  WITH input AS (
    SELECT * FROM json_to_recordset($1::json) AS input(
      place integer, organisation_id uuid, conversation_id uuid, client_id uuid, author_kind text, user_id uuid,
      author_name text, audience text, occurrence json, delivery text, allowed boolean)
  ), known AS (
    SELECT i.place, e.seq, e.at FROM input i
    CROSS JOIN LATERAL (
      SELECT e.seq, e.at FROM entries e
      WHERE (e.organisation_id, e.conversation_id, e.client_id) = (i.organisation_id, i.conversation_id, i.client_id)
      LIMIT 1
    ) e
  ), numbered AS (
    SELECT i.*, (c.head + row_number() OVER (PARTITION BY i.organisation_id, i.conversation_id ORDER BY i.place))::integer AS seq,
      statement_timestamp() AS at, c.channel_id, c.customer_id
    FROM input i
    JOIN conversations c ON (c.organisation_id, c.id) = (i.organisation_id, i.conversation_id)
    WHERE i.allowed AND i.place NOT IN (SELECT place FROM known)
  ), inserted AS (
    INSERT INTO entries (organisation_id, conversation_id, seq, author_kind, user_id, author_name, audience, occurrence,
      delivery, client_id, at)
    SELECT organisation_id, conversation_id, seq, author_kind, user_id, author_name, audience, occurrence, delivery,
      client_id, at
    FROM numbered
  ), moved AS (
    UPDATE conversations c SET
      head = last.seq,
      last_text = COALESCE(left(last.occurrence ->> 'text', 200), c.last_text),
      last_author = last.author_kind,
      last_at = last.at,
      unanswered_since = CASE last.author_kind
        WHEN 'customer' THEN COALESCE(c.unanswered_since, last.at)
        WHEN 'user' THEN NULL
        ELSE c.unanswered_since END
    FROM (
      SELECT DISTINCT ON (organisation_id, conversation_id) * FROM numbered
      ORDER BY organisation_id, conversation_id, seq DESC
    ) last
    WHERE (c.organisation_id, c.id) = (last.organisation_id, last.conversation_id)
  ), due AS (
    INSERT INTO lanes AS lane (organisation_id, channel_id, customer_id, due_at)
    SELECT DISTINCT organisation_id, channel_id, customer_id, at FROM numbered WHERE delivery = 'pending'
    ON CONFLICT (organisation_id, channel_id, customer_id) DO UPDATE
      SET due_at = COALESCE(lane.due_at, excluded.due_at) -- A lane that pauses goes on pausing.
  ), handed AS (
    INSERT INTO deliveries (organisation_id, channel_id, customer_id, conversation_id, seq)
    SELECT organisation_id, channel_id, customer_id, conversation_id, seq FROM numbered WHERE delivery = 'pending'
    ORDER BY place
  )
  SELECT place, seq, at, false AS repeated FROM numbered
  UNION ALL
  SELECT place, seq, at, true FROM known`;

export type InsertedRow = { place: number; seq: number; at: Date; repeated: boolean };
