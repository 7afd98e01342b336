import fc from "fast-check";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectDenseLogs, openSql, storedLog } from "../../../../testing/checks/stored.ts";
import { type Chat, makeAgent, makeClaimedChat, makeWaitingChat } from "../../../../testing/scenes/chats.ts";
import { newClientId } from "../../../../testing/scenes/people.ts";
import { customerMessage, openWriter } from "../../../../testing/scenes/writers.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../../testing/servers/test-node.ts";
import type { Appended } from "./item.ts";

/** Two writers on one database are what two nodes are, as far as a log is concerned. */
let node: TestNode;
let sql: pg.Client;
let writers: ReturnType<typeof openWriter>[];
let chats: () => Promise<Chat[]>;

beforeAll(async () => {
  node = await startTestNode();
  sql = await openSql(node.databaseUrl);
  const place = await makeOrganisation(node);
  const agent = await makeAgent(node, place);
  writers = [openWriter(node), openWriter(node)];
  chats = () =>
    Promise.all([
      makeWaitingChat(node, place),
      makeClaimedChat(node, place, agent),
      makeClaimedChat(node, place, agent),
    ]);
});
afterAll(async () => {
  await Promise.all(writers.map((writer) => writer.close()));
  await sql.end();
  await node.stop();
});

/** One message: through which node, into which chat, with which of a few client ids, and whether in a new moment. */
const step = fc.record({
  writer: fc.nat(1),
  chat: fc.nat(2),
  message: fc.nat(11),
  pause: fc.constantFrom("none", "none", "none", "turn", "turn", "stored"),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

async function run(steps: Step[], into: Chat[]): Promise<Map<string, Appended[]>> {
  const clientIds = Array.from({ length: 12 }, newClientId);
  const answers = new Map<string, Promise<Appended>[]>();
  for (const { writer, chat: which, message, pause } of steps) {
    const chat = into[which];
    const clientId = clientIds[message];
    if (!chat || !clientId) throw new Error("The plan names what is not there.");
    const answer = writers[writer]?.append(customerMessage(chat, "Hi", clientId));
    if (!answer) throw new Error("The plan names a writer that is not there.");
    const key = `${chat.id} ${clientId}`;
    answers.set(key, [...(answers.get(key) ?? []), answer]);
    if (pause === "stored") await answer;
    if (pause === "turn") await new Promise(setImmediate);
  }
  const settled = [...answers].map(async ([key, all]) => [key, await Promise.all(all)] as const);
  return new Map(await Promise.all(settled));
}

describe("two nodes that write into the same logs", () => {
  test("C4, H1: number every log 1, 2, 3..., store each client id once, and answer all who sent it alike", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 30, maxLength: 100 }), async (steps) => {
        const into = await chats();
        const answers = await run(steps, into);
        for (const chat of into) {
          const log = await storedLog(sql, chat.id);
          expect(log.map((entry) => entry.seq)).toEqual(log.map((_, index) => index + 1));
          const stored = log.filter((entry) => answers.has(`${chat.id} ${entry.clientId}`));
          expect(new Set(stored.map((entry) => entry.clientId)).size).toBe(stored.length);
          const asked = [...answers.keys()].filter((key) => key.startsWith(chat.id));
          expect(stored).toHaveLength(asked.length);
          for (const { seq, at, clientId } of stored) {
            const told = answers.get(`${chat.id} ${clientId}`) ?? [];
            expect(told.map((appended) => [appended.seq, appended.at])).toEqual(told.map(() => [seq, at]));
            expect(told.filter((appended) => !appended.repeated)).toHaveLength(1);
          }
        }
      }),
      { numRuns: 8 },
    );
    await expectDenseLogs(sql);
    expect(writers.flatMap((writer) => writer.faults)).toEqual([]);
  });

  test("C4, H1: twins that both nodes get in the same moment become one entry", async () => {
    const [chat] = await chats();
    if (!chat) throw new Error("There is no chat.");
    for (let round = 0; round < 15; round++) {
      const twin = customerMessage(chat, `round ${round}`);
      const [one, other] = await Promise.all(writers.map((writer) => writer.append(twin)));
      expect(one?.seq).toBe(round + 2);
      expect(other).toMatchObject({ seq: one?.seq, at: one?.at });
      expect([one?.repeated, other?.repeated].sort()).toEqual([false, true]);
    }
    expect(await storedLog(sql, chat.id)).toHaveLength(16);
    expect(writers.flatMap((writer) => writer.faults)).toEqual([]);
  });
});
