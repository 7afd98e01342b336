import { RequestFailed } from "@grata/client/failures";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { expectDenseLogs, openSql } from "../../../testing/checks/stored.ts";
import { makeWaitingChat } from "../../../testing/scenes/chats.ts";
import { type LiveAgent, liveAgent } from "../../../testing/scenes/live.ts";
import { makeUser } from "../../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";

const agentCount = 50;
const chatCount = 200;

let node: TestNode;
let sql: pg.Client;
let place: Awaited<ReturnType<typeof makeOrganisation>>;
let agents: (LiveAgent & { userId: string })[];

beforeAll(async () => {
  node = await startTestNode();
  sql = await openSql(node.databaseUrl);
  place = await makeOrganisation(node);
  agents = await Promise.all(
    Array.from({ length: agentCount }, async () => {
      const { userId, cookie } = await makeUser(node, place.organisationId);
      return Object.assign(await liveAgent(node.url, cookie), { userId });
    }),
  );
});
afterAll(async () => {
  for (const agent of agents) agent.close();
  await sql.end();
  await node.stop();
});

type Turn = { agent: LiveAgent & { userId: string }; won: string[]; losses: string[] };

/** Takes chats as fast as they can be had: one that the list shows, or the next, in turns, until none is left. */
async function race(agent: LiveAgent & { userId: string }, number: number): Promise<Turn> {
  const turn: Turn = { agent, won: [], losses: [] };
  for (let step = number; ; step++) {
    const { items } = agent.waiting.snapshot();
    const shown = items[(step * 7) % Math.max(1, items.length)];
    try {
      const claimed =
        shown && step % 2 === 0
          ? await agent.connection.request("conversation.claim", { conversationId: shown.id })
          : await agent.connection.request("conversation.claimNext", {
              order: step % 3 === 0 ? "newest" : "longest",
            });
      turn.won.push(claimed.conversation.id);
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
      if (error.failure.code === "wait_list_empty") return turn;
      turn.losses.push(error.failure.code);
    }
  }
}

describe("50 agents who race for 200 chats", () => {
  test("C3: each chat goes to exactly one of them, and all lists end true", async () => {
    const chats = await Promise.all(Array.from({ length: chatCount }, () => makeWaitingChat(node, place)));
    await eventually(() => {
      for (const agent of agents) expect(agent.waiting.snapshot().total).toBe(chatCount);
    });
    const turns = await Promise.all(agents.map(race));

    const won = turns.flatMap((turn) => turn.won);
    expect(won.toSorted()).toEqual(chats.map((chat) => chat.id).toSorted());
    const losses = turns.flatMap((turn) => turn.losses);
    expect(new Set(losses)).toEqual(new Set(["conversation_claimed"]));

    for (const { agent, won: mine } of turns) {
      const served = await sql.query<{ id: string }>(
        "SELECT id FROM conversations WHERE claimed_by = $1 AND status = 'claimed'",
        [agent.userId],
      );
      expect(served.rows.map((row) => row.id).toSorted()).toEqual(mine.toSorted());
    }
    const claims = await sql.query(
      `SELECT conversation_id FROM entries WHERE occurrence ->> 'kind' = 'claimed'
       GROUP BY conversation_id HAVING count(*) = 1`,
    );
    expect(claims.rowCount).toBe(chatCount);
    const sizes = await sql.query<{ waiting: number; current: number }>(
      `SELECT sum(size) FILTER (WHERE list = 'waiting')::int AS waiting,
         sum(size) FILTER (WHERE list <> 'waiting')::int AS current FROM list_versions`,
    );
    expect(sizes.rows[0]).toEqual({ waiting: 0, current: chatCount });
    await expectDenseLogs(sql);

    await eventually(() => {
      for (const { agent, won: mine } of turns) {
        expect(agent.waiting.snapshot()).toMatchObject({ items: [], total: 0 });
        expect(
          agent.current
            .snapshot()
            .items.map((line) => line.id)
            .toSorted(),
        ).toEqual(mine.toSorted());
      }
    });
  });

  test("C3: 50 claims of the same chat have one winner, whom the others are told of", async () => {
    const chat = await makeWaitingChat(node, place);
    const claims = await Promise.allSettled(
      agents.map((agent) => agent.connection.request("conversation.claim", { conversationId: chat.id })),
    );
    expect(claims.filter((claim) => claim.status === "fulfilled")).toHaveLength(1);
    const codes = claims.flatMap((claim) =>
      claim.status === "rejected" && claim.reason instanceof RequestFailed ? [claim.reason.failure.code] : [],
    );
    expect(codes).toEqual(Array.from({ length: agentCount - 1 }, () => "conversation_claimed"));
    const gone = expect.objectContaining({ type: "waiting.changed", removed: [chat.id], total: 0 });
    await eventually(() => {
      for (const agent of agents) expect(agent.news).toContainEqual(gone);
    });
  });
});
