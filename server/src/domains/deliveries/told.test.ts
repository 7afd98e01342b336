import type { TeamEntry } from "@grata/contract/entries";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { type Call, makeChannel } from "../../../testing/outside/channel.ts";
import { type LiveAgent, liveAgent, liveVisitor } from "../../../testing/scenes/live.ts";
import {
  connectUser,
  makeUser,
  makeVisitor,
  newClientId,
  type Person,
  refusal,
} from "../../../testing/scenes/people.ts";
import { makeOrganisation, startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";
import { findSession } from "../accounts/session.ts";
import type { DeliveryOutcome } from "./parcel.ts";
import { resend } from "./resend.ts";

/** Two nodes, either of which may deliver; the agent is on the second one, and has another window on the first. */
const promised = 5_000;
const delivered = { kind: "delivered" } as const;
const refused = { kind: "refused", reason: "The customer blocked us." } as const;

let behave: (call: Call) => DeliveryOutcome | Promise<DeliveryOutcome>;
const channel = makeChannel((call) => behave(call));
let nodes: [TestNode, TestNode];
let place: Awaited<ReturnType<typeof makeOrganisation>>;
let cookie: string;
let agent: LiveAgent;
let otherWindow: Person;
let visitor: Awaited<ReturnType<typeof liveVisitor>>;
let conversationId: string;
let log: ReturnType<LiveAgent["follow"]>;

beforeAll(async () => {
  const options = { channels: channel.channels, environment: { REDIS_URL: inject("redisUrl") } };
  const first = await startTestNode(options);
  nodes = [first, await startTestNode({ ...options, databaseUrl: first.databaseUrl })];
});
afterAll(async () => {
  await nodes[1].stop();
  await nodes[0].stop();
});
beforeEach(async () => {
  behave = () => delivered;
  place = await makeOrganisation(nodes[0]);
  ({ cookie } = await makeUser(nodes[0], place.organisationId));
  agent = await liveAgent(nodes[1].url, cookie);
  otherWindow = await connectUser(nodes[0], cookie);
  const { token } = await makeVisitor(nodes[0], place.channelId);
  visitor = await liveVisitor(nodes[0].url, place.channelId, token);
  const input = { clientId: newClientId(), text: "Hello" };
  const { conversation } = await visitor.connection.request("conversation.open", input);
  conversationId = conversation.id;
  await agent.connection.request("conversation.claim", { conversationId });
  log = agent.follow(conversationId);
  await eventually(() => expect(log.snapshot().entries).toHaveLength(2));
});
afterEach(() => {
  for (const person of [agent, otherWindow, visitor]) person.close();
});

const send = (text: string) =>
  agent.connection.request("message.send", { conversationId, clientId: newClientId(), text });
const fateOf = ({ delivery, deliveryReason }: TeamEntry) => [delivery, deliveryReason];
const shown = () => log.snapshot().entries.slice(2).map(fateOf);
const stored = async () => {
  const page = await otherWindow.request("entries.after", { conversationId, after: 2 });
  return page.entries.flatMap((entry) => ("delivery" in entry ? [entry] : []));
};
const ask = (deliveryVersion: number, person: Pick<Person, "request"> = agent.connection) =>
  person.request("message.resend", { conversationId, seq: 3, deliveryVersion });
const statesIn = (person: { news: LiveAgent["news"] }) =>
  person.news.flatMap((news) => (news.type === "deliveries" ? news.states : []));

/** Sends a message that the channel refuses, and waits until the agent sees it. */
async function sendInVain(): Promise<void> {
  behave = () => refused;
  await send("One");
  await eventually(() => expect(shown()).toEqual([["failed", refused.reason]]));
}

describe("what becomes of a message on its way to the customer", () => {
  test("C4: is told to whoever serves the chat, in each window and on each node, and to no customer", async () => {
    behave = ({ text }) => (text === "two" ? refused : delivered);
    for (const text of ["one", "two", "three"])
      expect((await send(text)).entry).toMatchObject({ delivery: "pending" });
    const fates = [["delivered"], ["failed", refused.reason], ["delivered"]].map(([state, reason]) => [
      state,
      reason,
    ]);
    await eventually(() => expect(shown()).toEqual(fates));
    expect(statesIn(agent).map(({ seq, deliveryVersion }) => [seq, deliveryVersion])).toEqual([
      [3, 1],
      [4, 2],
      [5, 3],
    ]);
    await eventually(() => expect(statesIn(otherWindow)).toEqual(statesIn(agent)));
    // The customer's last news shows that nothing was told before it.
    await visitor.connection.request("conversation.typing", { conversationId, typing: true });
    await eventually(() => expect(visitor.news.some(({ type }) => type === "heads")).toBe(true), promised);
    expect(JSON.stringify(visitor.news)).not.toMatch(/deliver|blocked/);
  });

  test.each([
    ["does not know", () => ({ kind: "unconfirmed", reason: "no_answer" }) as const, "no_answer"],
    ["throws", () => Promise.reject(new Error("Connection reset")), "channel_failed"],
  ])("C4, H1: is told with its reason where the channel %s", async (_name, end, reason) => {
    behave = end;
    await send("One");
    await eventually(() => expect(shown()).toEqual([["unconfirmed", reason]]));
  });

  test("C4: is there after a reload, in the log and in the list that says how many changes there were", async () => {
    await sendInVain();
    expect((await stored()).map(fateOf)).toEqual([["failed", refused.reason]]);
    const { conversations } = await otherWindow.request("current.list", {});
    expect(conversations).toMatchObject([{ id: conversationId, deliveries: 1 }]);
    expect(await otherWindow.request("deliveries.after", { conversationId, after: 0 })).toEqual({
      version: 1,
      states: [{ seq: 3, delivery: "failed", deliveryVersion: 1, deliveryReason: refused.reason }],
    });
    expect(await otherWindow.request("deliveries.after", { conversationId, after: 1 })).toEqual({
      version: 1,
      states: [],
    });
  });

  test("C4, H1: is seen within 5 s on the same connection where the news of it is lost", async () => {
    await sendInVain();
    const answer = Promise.withResolvers<DeliveryOutcome>();
    behave = () => answer.promise;
    const session = await findSession(nodes[0].services.storage, cookie.slice("grata=".length));
    if (!session) throw new Error("There is no session.");
    // Committed, and told to nobody.
    await resend(nodes[0].services.storage, session.principal, {
      conversationId,
      seq: 3,
      deliveryVersion: 1,
    });
    await eventually(() => expect(shown()).toEqual([["pending", undefined]]), promised);
    answer.resolve(delivered);
    await eventually(() => expect(shown()).toEqual([["delivered", undefined]]));
    expect(agent.news.filter(({ type }) => type === "welcome")).toHaveLength(1);
  });
});

describe("sending a message again", () => {
  test("C4: hands it over once more after it failed, behind what was written meanwhile, and clears the reason", async () => {
    await sendInVain();
    const held = Promise.withResolvers<DeliveryOutcome>();
    behave = ({ text }) => (text === "Two" ? held.promise : delivered);
    await send("Two");
    await ask(1);
    await eventually(() =>
      expect(shown()).toEqual([
        ["pending", undefined],
        ["pending", undefined],
      ]),
    );
    held.resolve(delivered);
    await eventually(() =>
      expect(shown()).toEqual([
        ["delivered", undefined],
        ["delivered", undefined],
      ]),
    );
    const customerId = channel.calls.at(-1)?.parcel.customerId ?? "";
    expect(channel.sentTo(customerId)).toEqual(["One", "Two", "One"]);
    expect(log.snapshot().entries).toHaveLength(4);
  });

  test("C4: sends once when it is asked for twice, also when the second time comes late", async () => {
    await sendInVain();
    await Promise.all([ask(1), ask(1, otherWindow)]);
    await eventually(async () =>
      expect((await stored()).map(({ deliveryVersion }) => deliveryVersion)).toEqual([3]),
    );
    await ask(1);
    await send("The end");
    await eventually(() => expect(shown()).toHaveLength(2));
    await eventually(() => expect(shown().map(([state]) => state)).toEqual(["failed", "failed"]));
    const customerId = channel.calls.at(-1)?.parcel.customerId ?? "";
    expect(channel.sentTo(customerId)).toEqual(["One", "One", "The end"]);
  });

  test("C4, H1: is for what is not confirmed too, and for nothing else", async () => {
    behave = () => ({ kind: "unconfirmed", reason: "no_answer" });
    await send("One");
    await eventually(() => expect(shown()).toEqual([["unconfirmed", "no_answer"]]));
    behave = () => delivered;
    await ask(1);
    await eventually(() => expect(shown()).toEqual([["delivered", undefined]]));
    await ask(3);
    await ask(0);
    expect((await stored()).map(({ deliveryVersion }) => deliveryVersion)).toEqual([3]);
  });

  test("C4, C8: is refused to whoever may not write into the chat, and when it is over", async () => {
    await sendInVain();
    const colleague = await connectUser(nodes[0], (await makeUser(nodes[0], place.organisationId)).cookie);
    expect(await refusal(ask(1, colleague))).toBe("conversation_unknown");
    expect(await refusal(ask(1, visitor.connection))).toBe("forbidden");
    colleague.close();
    await agent.connection.request("conversation.close", { conversationId });
    expect(await refusal(ask(1))).toBe("conversation_closed");
  });
});
