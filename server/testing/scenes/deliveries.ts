import type pg from "pg";
import { inject } from "vitest";
import type { User } from "../../src/foundation/access/principal.ts";
import { openSql, storedLog } from "../checks/stored.ts";
import type { makeChannel } from "../outside/channel.ts";
import { freshDatabase } from "../servers/databases.ts";
import { makeOrganisation, startTestNode } from "../servers/test-node.ts";
import { type Chat, makeAgent, makeClaimedChat } from "./chats.ts";
import { agentMessage } from "./writers.ts";

/** A node whose channel is the test's own, with one agent. */
export async function startWithChannel(channel: ReturnType<typeof makeChannel>) {
  const database = await freshDatabase(inject("postgres"));
  const node = await startTestNode({ databaseUrl: database.url, channels: channel.channels });
  const sql: pg.Client = await openSql(database.url);
  const place = await makeOrganisation(node);
  const agent: User = await makeAgent(node, place);
  return {
    node,
    sql,
    place,
    agent,
    makeChat: (): Promise<Chat> => makeClaimedChat(node, place, agent),
    /** The agent writes these, one after the other. */
    async write(chat: Chat, ...texts: string[]): Promise<void> {
      for (const text of texts) await node.services.writer.append(agentMessage(chat, agent, text));
    },
    /** The messages of the team in a chat with their states, in order. */
    async states(chat: Chat): Promise<[string | null, string][]> {
      const log = await storedLog(sql, chat.id);
      const ofTeam = log.filter(({ kind, author }) => kind === "message" && author === "user");
      return ofTeam.map(({ text, delivery }) => [text, delivery]);
    },
    async waiting(): Promise<number> {
      return (await sql.query("SELECT FROM deliveries")).rowCount ?? 0;
    },
    async stop(): Promise<void> {
      await node.stop();
      await sql.end();
      await database.drop();
    },
  };
}
