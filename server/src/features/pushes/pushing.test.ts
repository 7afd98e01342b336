import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { asOwner } from "../../../testing/checks/contents.ts";
import { eventually } from "../../../testing/checks/eventually.ts";
import { call } from "../../../testing/checks/http.ts";
import { openPushBox, type PushBox, type TestSubscription } from "../../../testing/outside/push-box.ts";
import {
  connectAgent,
  connectUser,
  connectVisitor,
  newClientId,
  type TestVisitor,
} from "../../../testing/scenes/people.ts";
import { makeAway, subscribeAt } from "../../../testing/scenes/pushes.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";
import { topicOf } from "./push-service.ts";

let node: TestNode;
let box: PushBox;
let organisationId: string;
let channelId: string;

beforeAll(async () => {
  box = await openPushBox();
  node = await startTestNode({
    environment: { PUSH_SERVICES: box.url, MAIL_FROM: "Tea House <tea@mail.example>" },
  });
});
/** Each test has an organisation of its own: nobody else's subscriptions are there. */
beforeEach(async () => {
  ({ organisationId, channelId } = await makeOrganisation(node));
});
afterAll(async () => {
  await node.stop();
  await box.close();
});

/** A customer who writes for the first time: their chat waits. */
async function arrive(text = "Is the tea still warm?", channel = channelId) {
  const visitor = await connectVisitor(node, channel);
  onTestFinished(() => visitor.close());
  const { conversation } = await visitor.request("conversation.open", { clientId: newClientId(), text });
  return { visitor, conversationId: conversation.id };
}
const write = (visitor: TestVisitor, conversationId: string, text: string) =>
  visitor.request("message.send", { conversationId, clientId: newClientId(), text });
const chatsTold = (subscription: TestSubscription) =>
  box.to(subscription).map(({ pushed: { kind, conversationId } }) => ({ kind, conversationId }));
const sql = (text: string, values: unknown[] = []) =>
  asOwner(node.databaseUrl, async (client) => (await client.query(text, values)).rows);
/** A chat of somebody without a console. */
async function claimAs(cookie: string, conversationId: string) {
  const console = await connectUser(node, cookie);
  await console.request("conversation.claim", { conversationId });
  await leave(console);
}
/** Closes the last tab, and lets the time pass for which its user still counts as there. */
async function leave(console: { close(): void }) {
  console.close();
  await eventually(async () => {
    const [row] = await sql(
      "SELECT count(*)::int AS here FROM connected_sessions WHERE organisation_id = $1 AND noted_at > now() - interval '9 s'",
      [organisationId],
    );
    expect(row?.here).toBe(0);
  });
  await sql(
    "UPDATE connected_sessions SET noted_at = now() - interval '1 minute' WHERE organisation_id = $1",
    [organisationId],
  );
}

describe("C2: a push for a closed tab", () => {
  test("C2: tells of a customer who waits what the pop-up says, and nobody but the browser can read it", async () => {
    const { subscription, cookie } = await makeAway(box, node, organisationId);
    const { key } = JSON.parse((await call(node, "GET", "/api/push", { headers: { cookie } })).text);
    const { conversationId } = await arrive();
    await eventually(() => expect(box.to(subscription)).toHaveLength(1));
    const [push] = box.to(subscription);
    expect(push?.pushed).toEqual({
      kind: "waiting",
      conversationId,
      customer: { name: null, reference: expect.stringMatching(/^[0-9A-F]{4}$/) },
      last: { text: "Is the tea still warm?" },
      language: "en",
    });
    expect(push?.headers).toMatchObject({ urgency: "high", "content-encoding": "aes128gcm" });
    expect(push?.headers.topic).toBe(topicOf(conversationId));
    expect(Number(push?.headers.ttl)).toBeGreaterThan(800);
    expect(Number(push?.headers.ttl)).toBeLessThanOrEqual(900);
    expect(push?.claims).toMatchObject({ aud: box.url, sub: "mailto:tea@mail.example" });
    expect(push?.key).toBe(key);
  });

  test("C6: tells of a message in one's own chat, each newer one under the same topic, and of nobody else's chats", async () => {
    const away = await makeAway(box, node, organisationId);
    const colleague = await makeAway(box, node, organisationId, { role: "admin" });
    const { visitor, conversationId } = await arrive();
    for (const { subscription } of [away, colleague]) {
      await eventually(() => expect(chatsTold(subscription)).toEqual([{ kind: "waiting", conversationId }]));
    }
    await claimAs(away.cookie, conversationId);
    for (const text of ["Hello?", "Hello again?"]) {
      await write(visitor, conversationId, text);
      await eventually(() => expect(box.to(away.subscription).at(-1)?.pushed.last.text).toBe(text));
    }
    expect(chatsTold(away.subscription).filter(({ kind }) => kind === "message")).toEqual(
      Array.from({ length: 2 }, () => ({ kind: "message", conversationId })),
    );
    expect(new Set(box.to(away.subscription).map(({ headers }) => headers.topic))).toEqual(
      new Set([topicOf(conversationId)]),
    );
    expect(chatsTold(colleague.subscription)).toEqual([{ kind: "waiting", conversationId }]);
  });

  test("C2: comes in the user's language, and cut, whatever the customer wrote", async () => {
    const { subscription, cookie } = await makeAway(box, node, organisationId);
    await call(node, "PATCH", "/api/session", { body: { language: "zh-Hant" }, headers: { cookie } });
    await arrive("茶".repeat(9_000));
    await eventually(() => expect(box.to(subscription)).toHaveLength(1));
    expect(box.to(subscription)[0]?.pushed).toMatchObject({
      language: "zh-Hant",
      last: { text: "茶".repeat(200) },
    });
  });

  test("C2: whoever has a console open anywhere gets none, and nothing is stored for them", async () => {
    const here = await connectAgent(node, organisationId);
    onTestFinished(() => here.close());
    const subscription = await subscribeAt(box, node, here.cookie);
    const away = await makeAway(box, node, organisationId);
    const { visitor, conversationId } = await arrive();
    await here.request("conversation.claim", { conversationId });
    await write(visitor, conversationId, "Thank you");
    // What came later has come through: the earlier one would have.
    const later = await arrive();
    await eventually(() =>
      expect(chatsTold(away.subscription)).toContainEqual({
        kind: "waiting",
        conversationId: later.conversationId,
      }),
    );
    expect(box.to(subscription)).toEqual([]);
    const rows = await sql(
      "SELECT FROM pushes p JOIN sessions s ON s.id = p.session_id WHERE s.user_id = $1",
      [here.userId],
    );
    expect(rows).toEqual([]);
  });

  test("C2: whoever closes the last tab gets what comes from then on", async () => {
    const here = await connectAgent(node, organisationId);
    const subscription = await subscribeAt(box, node, here.cookie);
    await leave(here);
    const { conversationId } = await arrive();
    await eventually(() => expect(chatsTold(subscription)).toEqual([{ kind: "waiting", conversationId }]));
  });

  test("C11: whoever pauses hears of their own chats only", async () => {
    const paused = await makeAway(box, node, organisationId);
    const away = await makeAway(box, node, organisationId);
    const first = await arrive();
    await claimAs(paused.cookie, first.conversationId);
    await sql("UPDATE users SET paused_at = now() WHERE id = $1", [paused.userId]);
    const second = await arrive();
    await eventually(() =>
      expect(chatsTold(away.subscription)).toContainEqual({
        kind: "waiting",
        conversationId: second.conversationId,
      }),
    );
    await write(first.visitor, first.conversationId, "Are you there?");
    await eventually(() => expect(chatsTold(paused.subscription).at(-1)?.kind).toBe("message"));
    expect(chatsTold(paused.subscription)).not.toContainEqual({
      kind: "waiting",
      conversationId: second.conversationId,
    });
  });

  test("H2: another organisation's people are told nothing", async () => {
    const elsewhere = await makeOrganisation(node, "Elsewhere");
    const stranger = await makeAway(box, node, elsewhere.organisationId, { role: "admin" });
    const away = await makeAway(box, node, organisationId);
    await arrive();
    await eventually(() => expect(box.to(away.subscription)).toHaveLength(1));
    const own = await arrive("Hello", elsewhere.channelId);
    await eventually(() =>
      expect(chatsTold(stranger.subscription)).toEqual([
        { kind: "waiting", conversationId: own.conversationId },
      ]),
    );
    const keys = [away, stranger].map(({ subscription }) => box.to(subscription)[0]?.key);
    expect(new Set(keys).size).toBe(2);
  });

  test("B6: a disabled user is told nothing, and their subscription is gone", async () => {
    const admin = await makeAway(box, node, organisationId, { role: "admin" });
    const disabled = await makeAway(box, node, organisationId);
    const answer = await call(node, "POST", `/api/team/users/${disabled.userId}/disable`, {
      headers: { cookie: admin.cookie },
    });
    expect(answer.status).toBe(200);
    await arrive();
    await eventually(() => expect(box.to(admin.subscription)).toHaveLength(1));
    expect(box.to(disabled.subscription)).toEqual([]);
    const { endpoint } = disabled.subscription.body;
    expect(await sql("SELECT FROM push_subscriptions WHERE endpoint = $1", [endpoint])).toEqual([]);
  });

  test("C2: what somebody else has taken, or the user has read, is not told any more", async () => {
    const away = await makeAway(box, node, organisationId);
    const colleague = await connectAgent(node, organisationId);
    onTestFinished(() => colleague.close());
    let busy = true;
    const usual = box.answer;
    box.answer = () => (busy ? { status: 503, headers: { "retry-after": "600" } } : { status: 201 });
    onTestFinished(() => {
      box.answer = usual;
    });
    const { conversationId } = await arrive();
    await eventually(async () => {
      const [row] = await sql(
        "SELECT attempts, due_at > now() + interval '590 s' AS later FROM pushes WHERE conversation_id = $1",
        [conversationId],
      );
      expect(row).toEqual({ attempts: 1, later: true });
    });
    await colleague.request("conversation.claim", { conversationId });
    busy = false;
    await sql("UPDATE pushes SET due_at = now() WHERE conversation_id = $1", [conversationId]);
    const later = await arrive();
    await eventually(() =>
      expect(chatsTold(away.subscription)).toEqual([
        { kind: "waiting", conversationId: later.conversationId },
      ]),
    );
    expect(await sql("SELECT due_at FROM pushes WHERE conversation_id = $1", [conversationId])).toEqual([
      { due_at: null },
    ]);
  });

  test("C2: nobody is told of what is a quarter of an hour old", async () => {
    const away = await makeAway(box, node, organisationId);
    const usual = box.answer;
    box.answer = () => ({ status: 503, headers: { "retry-after": "1200" } });
    const { conversationId } = await arrive();
    await eventually(async () => {
      expect(
        await sql("SELECT FROM pushes WHERE conversation_id = $1 AND due_at > now()", [conversationId]),
      ).toHaveLength(1);
    });
    box.answer = usual;
    await sql(
      "UPDATE pushes SET due_at = now(), about_at = about_at - interval '901 s' WHERE conversation_id = $1",
      [conversationId],
    );
    await sql("UPDATE conversations SET waiting_since = waiting_since - interval '901 s' WHERE id = $1", [
      conversationId,
    ]);
    await eventually(async () => {
      expect(
        await sql("SELECT FROM pushes WHERE conversation_id = $1 AND due_at IS NULL", [conversationId]),
      ).toHaveLength(1);
    });
    expect(box.to(away.subscription)).toEqual([]);
  });
});
