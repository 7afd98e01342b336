import { randomUUID } from "node:crypto";
import pg from "pg";
import { v7 as newId } from "uuid";
import { say } from "../measure/stage.ts";
import { message, randomly } from "./texts.ts";

const messagesOfChat = 20;
const chatsOfCustomer = 3;
const chatsAtOnce = 250;

type Place = { organisationId: string; channelId: string; userIds: string[] };

/**
 * Stores so many messages of a year as a migration from elsewhere would: straight into the tables, in closed chats of
 * twenty, by the users in turn. What makes them findable notices by itself.
 */
export async function fill(connection: pg.ClientConfig, place: Place, count: number): Promise<void> {
  const owner = new pg.Client(connection);
  await owner.connect();
  try {
    const random = randomly(20_261_122);
    const chats = Math.ceil(count / messagesOfChat);
    const year = 365 * 24 * 3_600_000;
    const begin = Date.now() - year;
    let customerId = "";
    for (let first = 0; first < chats; first += chatsAtOnce) {
      const made = Array.from({ length: Math.min(chatsAtOnce, chats - first) }, (_, number) => {
        if ((first + number) % chatsOfCustomer === 0) customerId = randomUUID();
        const at = begin + ((first + number) / chats) * year;
        return {
          id: newId({ msecs: at }),
          customerId,
          userId: place.userIds[(first + number) % place.userIds.length] ?? "",
          at,
          texts: Array.from({ length: messagesOfChat }, () => message(random)),
        };
      });
      await store(owner, place, made);
      if (first % (chatsAtOnce * 40) === 0)
        say(`Stored ${(first * messagesOfChat).toLocaleString("en")} messages`);
    }
    await owner.query("ANALYZE");
  } finally {
    await owner.end();
  }
}

type Made = { id: string; customerId: string; userId: string; at: number; texts: string[] };

async function store(owner: pg.Client, { organisationId, channelId }: Place, chats: Made[]): Promise<void> {
  const json = JSON.stringify(chats);
  const of = `jsonb_to_recordset($3::jsonb) AS chat (id uuid, "customerId" uuid, "userId" uuid, at double precision, texts jsonb)`;
  const parameters = [organisationId, channelId, json];
  await owner.query("BEGIN");
  await owner.query(
    `INSERT INTO customers (organisation_id, id, channel_id, name)
     SELECT DISTINCT $1::uuid, "customerId", $2::uuid, 'Customer' FROM ${of} ON CONFLICT DO NOTHING`,
    parameters,
  );
  await owner.query(
    `INSERT INTO conversations (organisation_id, id, channel_id, customer_id, status, claimed_by, head, opened_with,
       first_text, last_text, last_author, last_at, opened_at, waiting_since, claimed_at, closed_at)
     SELECT $1::uuid, id, $2::uuid, "customerId", 'closed', "userId", ${messagesOfChat}, gen_random_uuid(),
       left(texts->>0, 200), left(texts->>-1, 200), 'user', t, t, t, t, t
     FROM ${of}, LATERAL (SELECT to_timestamp(at / 1000) AS t) moment`,
    parameters,
  );
  await owner.query(
    `INSERT INTO entries (organisation_id, conversation_id, seq, author_kind, user_id, author_name, audience, occurrence,
       delivery, client_id, at)
     SELECT $1::uuid, id, seq, CASE WHEN seq % 2 = 1 THEN 'customer' ELSE 'user' END,
       CASE WHEN seq % 2 = 0 THEN "userId" END, CASE WHEN seq % 2 = 0 THEN 'Agent' END, 'everybody',
       json_build_object('kind', 'message', 'text', said), 'none', gen_random_uuid(),
       to_timestamp(at / 1000 + seq)
     FROM ${of}, LATERAL jsonb_array_elements_text(texts) WITH ORDINALITY AS line (said, seq)
     WHERE $2::uuid IS NOT NULL`,
    parameters,
  );
  await owner.query("COMMIT");
}
