import fc from "fast-check";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { User } from "../access/principal.ts";
import { type Chat, makeAgent, makeWaitingChat } from "../testing/chats.ts";
import { expectDenseLogs, openSql, storedLog } from "../testing/stored.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../testing/test-node.ts";
import { agentMessage, customerMessage, openWriter } from "../testing/writers.ts";
import { claim, claimNext } from "./claim.ts";
import { close } from "./close.ts";

/** What claims, closes and messages of two nodes do to the same few chats, in whatever order they meet. */
let node: TestNode;
let sql: pg.Client;
let place: Awaited<ReturnType<typeof makeOrganisation>>;
let agents: User[];
let writers: ReturnType<typeof openWriter>[];

beforeAll(async () => {
  node = await startTestNode();
  sql = await openSql(node.databaseUrl);
  place = await makeOrganisation(node);
  agents = [await makeAgent(node, place), await makeAgent(node, place)];
  writers = [openWriter(node), openWriter(node)];
});
afterAll(async () => {
  await Promise.all(writers.map((writer) => writer.close()));
  await sql.end();
  await node.stop();
});

const act = fc.record({
  what: fc.constantFrom("customer writes", "agent writes", "claim", "claim next", "close"),
  chat: fc.nat(2),
  agent: fc.nat(1),
  writer: fc.nat(1),
  pause: fc.boolean(),
});
type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never;

async function perform(step: Act, chats: Chat[]): Promise<unknown> {
  const { storage } = node.services;
  const [chat, agent, writer] = [chats[step.chat], agents[step.agent], writers[step.writer]];
  if (!chat || !agent || !writer) throw new Error("The plan names what is not there.");
  const input = { conversationId: chat.id };
  switch (step.what) {
    case "customer writes":
      return writer.append(customerMessage(chat));
    case "agent writes":
      return writer.append(agentMessage(chat, agent));
    case "claim":
      return claim(storage, agent, input);
    case "claim next":
      return claimNext(storage, agent, { order: "longest" });
    case "close":
      return close(storage, agent, input);
  }
}

describe("claims, closes and messages that meet in the same chats", () => {
  test("C3, C4, C8: every log stays dense, is claimed and closed at most once, and ends with its close", async () => {
    const expected = new Set(["conversation_claimed", "conversation_closed", "conversation_not_claimed"]);
    expected.add("conversation_unknown").add("wait_list_empty");
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 20, maxLength: 60 }), async (steps) => {
        const chats = await Promise.all([1, 2, 3].map(() => makeWaitingChat(node, place)));
        const under = steps.map(async (step, index) => {
          for (let turn = 0; turn < index; turn++) if (step.pause) await new Promise(setImmediate);
          return perform(step, chats);
        });
        for (const outcome of await Promise.allSettled(under)) {
          if (outcome.status === "rejected") expect(expected).toContain(outcome.reason.message);
        }
        for (const chat of chats) {
          const kinds = (await storedLog(sql, chat.id)).map((entry) => entry.kind);
          expect(kinds.filter((kind) => kind === "claimed").length).toBeLessThanOrEqual(1);
          expect(kinds.includes("closed")).toBe(kinds.at(-1) === "closed");
          expect(kinds.filter((kind) => kind === "closed").length).toBeLessThanOrEqual(1);
          // Nobody of the team says a word before the claim.
          const log = await storedLog(sql, chat.id);
          const firstOfTeam = log.find((entry) => entry.author === "user");
          expect(firstOfTeam?.kind ?? "claimed").toBe("claimed");
        }
      }),
      { numRuns: 10 },
    );
    await expectDenseLogs(sql);
    const lists = await sql.query<{ list: string; size: number; counted: number }>(
      `SELECT list, size, (SELECT count(*)::int FROM conversations c WHERE CASE list
           WHEN 'waiting' THEN c.status = 'waiting'
           ELSE c.status = 'claimed' AND 'current:' || c.claimed_by = list END) AS counted
       FROM list_versions`,
    );
    expect(lists.rows.length).toBeGreaterThan(1);
    for (const { list, size, counted } of lists.rows) expect({ list, size }).toEqual({ list, size: counted });
  });
});
