import fc from "fast-check";
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectDenseLogs, expectTrueLists, openSql, storedLog } from "../../../testing/checks/stored.ts";
import { type Chat, makeAgent, makeWaitingChat } from "../../../testing/scenes/chats.ts";
import { newClientId } from "../../../testing/scenes/people.ts";
import { agentMessage, customerMessage, openWriter } from "../../../testing/scenes/writers.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";
import { open } from "../../channels/webchat/open.ts";
import type { User } from "../../foundation/access/principal.ts";
import { claim, claimNext } from "./claim.ts";
import { close } from "./close.ts";
import { reopen } from "./reopen.ts";

/** Claims, closes, reopenings and messages of two nodes on the same few chats, in any order. */
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
  what: fc.constantFrom(
    "customer writes",
    "customer opens",
    "agent writes",
    "claim",
    "claim next",
    "close",
    "reopen",
  ),
  chat: fc.nat(2),
  agent: fc.nat(1),
  writer: fc.nat(1),
  pause: fc.boolean(),
});
type Act = typeof act extends fc.Arbitrary<infer Value> ? Value : never;

async function perform(step: Act, chats: Chat[]): Promise<unknown> {
  const { storage, channels } = node.services;
  const { capabilitiesOf } = channels;
  const [chat, agent, writer] = [chats[step.chat], agents[step.agent], writers[step.writer]];
  if (!chat || !agent || !writer) throw new Error("The plan names what is not there.");
  const input = { conversationId: chat.id };
  switch (step.what) {
    case "customer writes":
      return writer.append(customerMessage(chat));
    case "customer opens":
      return open(
        storage,
        writer,
        chat.visitor,
        { clientId: newClientId(), text: "Hi", connectionId: null },
        async () => undefined,
      );
    case "agent writes":
      return writer.append(agentMessage(chat, agent));
    case "claim":
      return claim(storage, agent, input, capabilitiesOf);
    case "claim next":
      return claimNext(storage, agent, { order: "longest" }, capabilitiesOf);
    case "close":
      return close(storage, agent, input);
    case "reopen":
      return reopen(storage, agent, input, capabilitiesOf);
  }
}

describe("claims, closes, reopenings and messages that meet in the same chats", () => {
  test("C3, C4, C8: every log stays dense, goes on after its close only by a reopening, and ends with its close", async () => {
    const expected = new Set(["conversation_claimed", "conversation_closed", "conversation_not_claimed"]);
    expected.add("conversation_unknown").add("wait_list_empty").add("customer_wrote_again");
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
          // Claimed by the first of all, and again by whoever took back their closing.
          const claims = kinds.flatMap((kind, place) => (kind === "claimed" ? [place] : []));
          expect(claims.slice(1).every((place) => kinds[place - 1] === "closed")).toBe(true);
          const closings = kinds.flatMap((kind, place) => (kind === "closed" ? [place] : []));
          expect(closings.every((place) => [undefined, "claimed"].includes(kinds[place + 1]))).toBe(true);
          const { rows } = await sql.query<{ status: string; others: number }>(
            `SELECT status, (SELECT count(*)::int FROM conversations other
               WHERE other.customer_id = c.customer_id AND other.status <> 'closed') AS others
             FROM conversations c WHERE id = $1`,
            [chat.id],
          );
          expect(rows[0]?.status === "closed").toBe(kinds.at(-1) === "closed");
          expect(rows[0]?.others).toBeLessThanOrEqual(1);
          // Nobody of the team says a word before the claim.
          const log = await storedLog(sql, chat.id);
          const firstOfTeam = log.find((entry) => entry.author === "user");
          expect(firstOfTeam?.kind ?? "claimed").toBe("claimed");
        }
      }),
      { numRuns: 10 },
    );
    await expectDenseLogs(sql);
    await expectTrueLists(sql);
  });
});
