import type pg from "pg";
import type { Entry } from "../entry.ts";
import type { Appended, Item, NewEntry } from "./item.ts";

/** Identifies a message: two sends with the same key are one. In lower case, as the database writes ids. */
export const keyOf = ({ conversationId, clientId }: Pick<NewEntry, "conversationId" | "clientId">) =>
  `${conversationId} ${clientId}`.toLowerCase();

const repeatsStatement = `
  SELECT e.conversation_id, e.client_id, e.seq, e.author_kind, e.user_id, e.author_name, e.audience,
    CASE WHEN c.erased_at IS NOT NULL AND e.occurrence ->> 'kind' IN ('message', 'note') THEN '{"kind": "erased"}'
      ELSE e.occurrence END AS occurrence,
    e.delivery, e.at
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) AS sent (organisation_id, conversation_id, client_id)
  CROSS JOIN LATERAL (
    SELECT * FROM entries e
    WHERE (e.organisation_id, e.conversation_id, e.client_id)
      = (sent.organisation_id, sent.conversation_id, sent.client_id)
    LIMIT 1
  ) e
  JOIN conversations c ON (c.organisation_id, c.id) = (e.organisation_id, e.conversation_id)`;

type RepeatRow = {
  conversation_id: string;
  client_id: string;
  seq: number;
  author_kind: Entry["author"]["kind"];
  user_id: string | null;
  author_name: string | null;
  audience: Entry["audience"];
  occurrence: Entry["occurrence"];
  delivery: Entry["delivery"];
  at: Date;
};

/** Which of these are stored already, by `keyOf`. To be asked with the conversations locked: the answer then stays true. */
export async function findRepeats(client: pg.Client, items: Item[]): Promise<Map<string, Appended>> {
  if (items.length === 0) return new Map();
  const result = await client.query<RepeatRow>({
    name: "append_repeats",
    text: repeatsStatement,
    values: [
      items.map(({ entry }) => entry.organisationId),
      items.map(({ entry }) => entry.conversationId),
      items.map(({ entry }) => entry.clientId),
    ],
  });
  return new Map(
    result.rows.map((row) => [
      keyOf({ conversationId: row.conversation_id, clientId: row.client_id }),
      { seq: row.seq, at: row.at, entry: entryOfRow(row), repeated: true },
    ]),
  );
}

function entryOfRow(row: RepeatRow): Entry {
  const { seq, author_kind, user_id, author_name, audience, occurrence, delivery, client_id, at } = row;
  const author = { kind: author_kind, userId: user_id, name: author_name };
  return { seq, author, audience, occurrence, delivery, clientId: client_id, at };
}
