import type pg from "pg";
import type { Appended, Item, NewEntry } from "./item.ts";

/** Identifies a message: two sends with the same key are one. In lower case, as the database writes ids. */
export const keyOf = ({ conversationId, clientId }: Pick<NewEntry, "conversationId" | "clientId">) =>
  `${conversationId} ${clientId}`.toLowerCase();

const repeatsStatement = `
  SELECT e.conversation_id, e.client_id, e.seq, e.at
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS sent (organisation_id, conversation_id, client_id)
  CROSS JOIN LATERAL (
    SELECT * FROM entries e
    WHERE (e.organisation_id, e.conversation_id, e.client_id)
      = (sent.organisation_id, sent.conversation_id, sent.client_id)
    LIMIT 1
  ) e`;

/** Which of these are stored already, by `keyOf`. To be asked with the conversations locked: the answer then stays true. */
export async function findRepeats(client: pg.Client, items: Item[]): Promise<Map<string, Appended>> {
  if (items.length === 0) return new Map();
  const result = await client.query<{ conversation_id: string; client_id: string; seq: number; at: Date }>({
    name: "append_repeats",
    text: repeatsStatement,
    values: [
      items.map(({ entry }) => entry.organisationId),
      items.map(({ entry }) => entry.conversationId),
      items.map(({ entry }) => entry.clientId),
    ],
  });
  return new Map(
    result.rows.map(({ conversation_id, client_id, seq, at }) => [
      keyOf({ conversationId: conversation_id, clientId: client_id }),
      { seq, at, repeated: true },
    ]),
  );
}
