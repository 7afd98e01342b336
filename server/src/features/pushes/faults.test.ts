import { v4 as randomId } from "uuid";
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { asOwner } from "../../../testing/checks/contents.ts";
import { eventually } from "../../../testing/checks/eventually.ts";
import { openPushBox, type PushBox } from "../../../testing/outside/push-box.ts";
import { makeWaitingChat } from "../../../testing/scenes/chats.ts";
import { makeAway } from "../../../testing/scenes/pushes.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";
import { beginPush, postponePush } from "./outgoing.ts";
import { openPushDoor, topicOf } from "./push-service.ts";
import { createPushServices } from "./services.ts";
import { startPushWorker } from "./worker.ts";

let node: TestNode;
let box: PushBox;
let organisationId: string;
let channelId: string;

beforeAll(async () => {
  box = await openPushBox();
  node = await startTestNode({ environment: { PUSH_SERVICES: box.url } });
});
beforeEach(async () => {
  ({ organisationId, channelId } = await makeOrganisation(node));
});
afterAll(async () => {
  await node.stop();
  await box.close();
});

const sql = (text: string, values: unknown[] = []) =>
  asOwner(node.databaseUrl, async (client) => (await client.query(text, values)).rows);
const arrive = async () => (await makeWaitingChat(node, { organisationId, channelId })).id;
/** What the service says until the test is over. */
function answering(answer: PushBox["answer"]) {
  const usual = box.answer;
  box.answer = answer;
  onTestFinished(() => {
    box.answer = usual;
  });
}
const subscribed = (endpoint: string) =>
  sql("SELECT FROM push_subscriptions WHERE endpoint = $1", [endpoint]).then((rows) => rows.length);

describe("C2: when the push service is not well", () => {
  test.each([404, 410])("C2: an answer of %i takes the subscription away", async (status) => {
    const { subscription } = await makeAway(box, node, organisationId);
    const { endpoint } = subscription.body;
    answering(() => ({ status }));
    await arrive();
    await eventually(async () => expect(await subscribed(endpoint)).toBe(0));
  });

  test.each([
    [429, { "retry-after": "300" }, 300],
    [503, { "retry-after": new Date(Date.now() + 400_000).toUTCString() }, 400],
    [500, {}, 2],
  ])("C2: an answer of %i is tried again when the service says", async (status, headers, seconds) => {
    const { subscription } = await makeAway(box, node, organisationId);
    answering(() => ({ status, headers: headers as Record<string, string> }));
    const conversationId = await arrive();
    await eventually(async () => {
      const [row] = await sql(
        `SELECT extract(epoch FROM due_at - now())::int AS wait FROM pushes
         WHERE conversation_id = $1 AND attempts = 1 AND leased_by IS NULL`,
        [conversationId],
      );
      expect(Math.abs((row?.wait ?? -100) - seconds)).toBeLessThanOrEqual(10);
    });
    box.answer = () => ({ status: 201 });
    await sql("UPDATE pushes SET due_at = now() WHERE conversation_id = $1", [conversationId]);
    await eventually(() => expect(box.to(subscription)).toHaveLength(1));
    expect(await subscribed(subscription.body.endpoint)).toBe(1);
  });

  test("C2: a refusal of another kind is not repeated, and the subscription stays", async () => {
    const { subscription } = await makeAway(box, node, organisationId);
    let asked = 0;
    answering(() => {
      asked++;
      return { status: 400 };
    });
    const conversationId = await arrive();
    await eventually(async () =>
      expect(await sql("SELECT due_at FROM pushes WHERE conversation_id = $1", [conversationId])).toEqual([
        { due_at: null },
      ]),
    );
    expect([asked, await subscribed(subscription.body.endpoint)]).toEqual([1, 1]);
  });

  test("H3: a redirect is not followed", async () => {
    const { subscription } = await makeAway(box, node, organisationId);
    const inside = box.subscribe();
    const asked: string[] = [];
    answering((endpoint) => {
      asked.push(endpoint);
      return { status: 307, headers: { location: inside.body.endpoint } };
    });
    const conversationId = await arrive();
    await eventually(async () =>
      expect(await sql("SELECT due_at FROM pushes WHERE conversation_id = $1", [conversationId])).toEqual([
        { due_at: null },
      ]),
    );
    expect(asked).toEqual([subscription.body.endpoint]);
  });

  test("C2: one that keeps us waiting holds nobody else up", async () => {
    const slow = await makeAway(box, node, organisationId);
    const others = [];
    for (let other = 1; other <= 3; other++) others.push(await makeAway(box, node, organisationId));
    const { promise, resolve } = Promise.withResolvers<{ status: number }>();
    answering((endpoint) => (endpoint === slow.subscription.body.endpoint ? promise : { status: 201 }));
    await arrive();
    for (const { subscription } of others) {
      await eventually(() => expect(box.to(subscription)).toHaveLength(1));
    }
    expect(box.to(slow.subscription)).toEqual([]);
    resolve({ status: 201 });
    await eventually(() => expect(box.to(slow.subscription)).toHaveLength(1));
  });
});

describe("C2: several workers, and ones that die", () => {
  /** A push that a worker has leased for so long and never noted: it was killed. */
  async function leasedByDead(seconds: number) {
    const { subscription } = await makeAway(box, node, organisationId);
    answering(() => ({ status: 503, headers: { "retry-after": "300" } }));
    const conversationId = await arrive();
    const workerId = randomId();
    let sessionId = "";
    await eventually(async () => {
      const [row] = await sql(
        `UPDATE pushes SET due_at = now(), leased_by = $2, leased_until = now() + make_interval(secs => $3)
         WHERE conversation_id = $1 AND attempts = 1 AND leased_by IS NULL RETURNING session_id`,
        [conversationId, workerId, seconds],
      );
      expect(row).toBeDefined();
      sessionId = row?.session_id;
    });
    box.answer = () => ({ status: 201 });
    return { subscription, leased: { organisationId, sessionId, conversationId, workerId } };
  }
  const isSettled = async (conversationId: string) => {
    const rows = await sql("SELECT due_at FROM pushes WHERE conversation_id = $1", [conversationId]);
    expect(rows).toEqual([{ due_at: null }]);
  };

  test("C2: killed after it leased: it is sent after the lease", async () => {
    const { subscription, leased } = await leasedByDead(2);
    expect(await beginPush(node.services.storage, node.services.secrets, leased)).not.toBeNull();
    await eventually(() => expect(box.to(subscription)).toHaveLength(1));
    await eventually(() => isSettled(leased.conversationId));
  });

  test("C2: killed after it sent: it is sent once more, with the same topic, and what it notes too late is nothing", async () => {
    const { subscription, leased } = await leasedByDead(2);
    const { storage, secrets } = node.services;
    const begun = await beginPush(storage, secrets, leased);
    if (!begun) throw new Error("There was nothing to begin.");
    const door = openPushDoor(createPushServices([box.url]), () => "mailto:tea@mail.example");
    expect(await door.hand(begun)).toEqual({ kind: "sent" });
    // Here it dies, before it has noted that.
    await eventually(() => expect(box.to(subscription)).toHaveLength(2));
    await eventually(() => isSettled(leased.conversationId));
    await postponePush(storage, leased, 0);
    await isSettled(leased.conversationId);
    const topics = box.to(subscription).map(({ headers }) => headers.topic);
    expect(new Set(topics)).toEqual(new Set([topicOf(leased.conversationId)]));
  });

  test("C2: four at once tell each browser once", async () => {
    const { storage, secrets } = node.services;
    const door = openPushDoor(createPushServices([box.url]), () => "mailto:tea@mail.example");
    const workers = Array.from({ length: 3 }, () =>
      startPushWorker({
        storage,
        secrets,
        door,
        logFault(error) {
          throw error;
        },
      }),
    );
    onTestFinished(async () => {
      for (const one of workers) await one.close();
    });
    const people = [];
    for (let person = 1; person <= 8; person++) people.push(await makeAway(box, node, organisationId));
    const conversationId = await arrive();
    await eventually(async () =>
      expect(
        await sql("SELECT FROM pushes WHERE conversation_id = $1 AND due_at IS NULL", [conversationId]),
      ).toHaveLength(8),
    );
    for (const { subscription } of people) expect(box.to(subscription)).toHaveLength(1);
  });
});
