import type pg from "pg";
import { v7 as newId } from "uuid";
import type { Numbered } from "./numbering.ts";

/** So that several messages make one mail: it waits for the next one so long, and for all of them at most so long. */
const quietSeconds = 60;
const longestSeconds = 300;

/**
 * To the address that `customers/shown.ts` shows. Those who come while a mail of the chat still gathers join it: it
 * carries whatever is unread when it goes out.
 */
const statement = `
  INSERT INTO mails (organisation_id, id, kind, recipient, language, parameters, conversation_id, first_seq, due_at)
  SELECT c.organisation_id, answer.mail_id, 'answer', COALESCE(customer.team_email, customer.email),
    COALESCE(customer.language, organisation.default_language),
    json_build_object('name', '', 'organisation', organisation.name), c.id, answer.seq,
    statement_timestamp() + interval '${quietSeconds} seconds'
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::integer[])
    AS answer (organisation_id, conversation_id, mail_id, seq)
  JOIN conversations c ON (c.organisation_id, c.id) = (answer.organisation_id, answer.conversation_id)
  JOIN customers customer ON (customer.organisation_id, customer.id) = (c.organisation_id, c.customer_id)
  JOIN organisations organisation ON organisation.organisation_id = c.organisation_id
  WHERE COALESCE(customer.team_email, customer.email) IS NOT NULL
  ORDER BY c.organisation_id, c.id
  ON CONFLICT (organisation_id, conversation_id) WHERE kind = 'answer' AND state = 'waiting' AND last_seq IS NULL
  DO UPDATE SET due_at = LEAST(mails.created_at + interval '${longestSeconds} seconds', excluded.due_at)`;

/**
 * Puts what users said in chats that are answered by mail into the outbox, in the transaction that stores it. Whether a
 * chat is one stands in its row, which the writer has locked anyway: the others cost nothing.
 */
export async function queueAnswers(client: pg.Client, numbered: Numbered[]): Promise<void> {
  const answers = numbered.filter(({ row, item }) => row.answers_by_mail && isAnswer(item.entry));
  if (answers.length === 0) return;
  const firsts = [...Map.groupBy(answers, ({ row }) => row)].flatMap(([row, [first]]) =>
    first ? [{ row, seq: first.seq }] : [],
  );
  await client.query({
    name: "append_queue_answers",
    text: statement,
    values: [
      firsts.map(({ row }) => row.organisation_id),
      firsts.map(({ row }) => row.id),
      firsts.map(() => newId()),
      firsts.map(({ seq }) => seq),
    ],
  });
}

function isAnswer({ author, audience, occurrence }: Numbered["item"]["entry"]): boolean {
  return author.kind === "user" && audience === "everybody" && occurrence.kind === "message";
}
