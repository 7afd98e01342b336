import type pg from "pg";
import type { RunningNode } from "../../src/app/node.ts";
import { openSql, storedLog } from "../checks/stored.ts";
import { makeUser, post } from "../scenes/people.ts";
import { makeOrganisation, startTestNode } from "../servers/test-node.ts";
import type { Letter } from "./channel.ts";
import { openPlatform } from "./platform.ts";
import { withPigeons } from "./registry.ts";

let letters = 0;
/** A letter that nobody has sent before. */
export function newLetter(loft: string, text: string, name?: string): Letter {
  return { id: `letter ${++letters}`, from: { loft, ...(name !== undefined && { name }) }, text };
}

/** The platform hands a letter over; resolves to the status of the answer. */
export async function push(node: { url: string }, channelId: string, letter: unknown): Promise<number> {
  return (await post(node, `/api/pigeons/${channelId}/letters`, letter)).status;
}

/** Makes a channel as an admin would. */
export async function makePigeons(
  node: RunningNode,
  organisationId: string,
): Promise<{ channelId: string; cookie: string }> {
  const { cookie } = await makeUser(node, organisationId, { role: "admin" });
  const answer = await post(node, "/api/channels/pigeons", { name: "Loft" }, { cookie });
  const { id } = (await answer.json()) as { id: string };
  return { channelId: id, cookie };
}

/** Everything that was said with somebody, chat after chat. */
export async function logsOf(sql: pg.Client, loft: string): Promise<string[][]> {
  const { rows } = await sql.query<{ id: string }>(
    `SELECT c.id FROM conversations c JOIN customer_identities i ON i.customer_id = c.customer_id
     WHERE i.external_id = $1 ORDER BY c.opened_at`,
    [loft],
  );
  const logs = await Promise.all(rows.map(({ id }) => storedLog(sql, id)));
  return logs.map((log) => log.map(({ kind, text }) => text ?? kind));
}

/** A node that has the channel, with an organisation that has one. */
export async function startWithPigeons(behave?: Parameters<typeof openPlatform>[0]) {
  const platform = await openPlatform(behave);
  const node = await startTestNode({ channels: withPigeons(platform.url) });
  const place = await makeOrganisation(node);
  const { channelId, cookie } = await makePigeons(node, place.organisationId);
  const sql = await openSql(node.databaseUrl);
  return {
    node,
    sql,
    platform,
    organisationId: place.organisationId,
    /** Of the web chat, which the organisation has too. */
    webChatId: place.channelId,
    channelId,
    admin: { cookie },
    push: (letter: unknown) => push(node, channelId, letter),
    logsOf: (loft: string) => logsOf(sql, loft),
    async stop(): Promise<void> {
      await node.stop();
      await sql.end();
      await platform.close();
    },
  };
}
