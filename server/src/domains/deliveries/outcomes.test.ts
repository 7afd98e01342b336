import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { type Call, makeChannel } from "../../../testing/outside/channel.ts";
import { startWithChannel } from "../../../testing/scenes/deliveries.ts";
import type { DeliveryOutcome } from "./parcel.ts";

/** What a call can come to, and what the agent then sees of it. */
let behave: (call: Call) => DeliveryOutcome | Promise<DeliveryOutcome>;
let channel: ReturnType<typeof makeChannel>;
let grata: Awaited<ReturnType<typeof startWithChannel>>;

beforeEach(async () => {
  channel = makeChannel((call) => behave(call));
  grata = await startWithChannel(channel);
});
afterEach(() => grata.stop());

const delivered = { kind: "delivered" } as const;

describe("a delivery", () => {
  test("C4, H1: that is refused for good is marked failed, and the next one passes", async () => {
    behave = ({ text }) =>
      text === "two" ? { kind: "refused", reason: "The customer blocked us." } : delivered;
    const chat = await grata.makeChat();
    await grata.write(chat, "one", "two", "three");
    await eventually(async () =>
      expect(await grata.states(chat)).toEqual([
        ["one", "delivered"],
        ["two", "failed"],
        ["three", "delivered"],
      ]),
    );
    expect(channel.sentTo(chat.visitor.customerId)).toEqual(["one", "two", "three"]);
  });

  test.each([
    ["says that it does not know", () => ({ kind: "unconfirmed", reason: "No answer." }) as const],
    ["throws", () => Promise.reject(new Error("Connection reset"))],
  ])(
    "C4, H1: whose channel %s is marked unconfirmed, is never sent again, and the next one passes",
    async (_name, end) => {
      behave = ({ text }) => (text === "one" ? end() : delivered);
      const chat = await grata.makeChat();
      await grata.write(chat, "one", "two");
      await eventually(async () =>
        expect(await grata.states(chat)).toEqual([
          ["one", "unconfirmed"],
          ["two", "delivered"],
        ]),
      );
      expect(channel.sentTo(chat.visitor.customerId)).toEqual(["one", "two"]);
      expect(await grata.waiting()).toBe(0);
    },
  );

  test("C4, H1: that is postponed is tried again after growing pauses, before whatever was written meanwhile", async () => {
    behave = ({ text, before }) =>
      text === "one" && before < 2 ? { kind: "postponed", reason: "Too many calls." } : delivered;
    const chat = await grata.makeChat();
    await grata.write(chat, "one");
    for (const attempts of [1, 2]) {
      await eventually(() => expect(channel.calls).toHaveLength(attempts));
      // What is written in the pause does not shorten it.
      await grata.write(chat, `after attempt ${attempts}`);
    }
    const sent = ["one", "one", "one", "after attempt 1", "after attempt 2"];
    await eventually(() => expect(channel.sentTo(chat.visitor.customerId)).toEqual(sent));
    const [first, second, third] = channel.calls.map(({ at }) => at);
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThan(990);
    expect((third ?? 0) - (second ?? 0)).toBeGreaterThan(1_990);
    await eventually(async () =>
      expect((await grata.states(chat)).map(([, state]) => state)).toEqual([
        "delivered",
        "delivered",
        "delivered",
      ]),
    );
  });

  test("C4, H1: that takes long holds up nobody else", async () => {
    const answer = Promise.withResolvers<DeliveryOutcome>();
    behave = ({ text }) => (text === "slow" ? answer.promise : delivered);
    const slow = await grata.makeChat();
    const others = await Promise.all(Array.from({ length: 10 }, () => grata.makeChat()));
    await grata.write(slow, "slow", "behind it");
    await eventually(() => expect(channel.calls).toHaveLength(1));
    await Promise.all(others.map((chat) => grata.write(chat, "one", "two")));
    for (const chat of others) {
      await eventually(() => expect(channel.sentTo(chat.visitor.customerId)).toEqual(["one", "two"]));
    }
    expect(channel.sentTo(slow.visitor.customerId)).toEqual(["slow"]);
    answer.resolve(delivered);
    await eventually(() => expect(channel.sentTo(slow.visitor.customerId)).toEqual(["slow", "behind it"]));
  });

  test("H1: under way when the program is asked to stop is finished and noted, and no other begins", async () => {
    const answer = Promise.withResolvers<DeliveryOutcome>();
    behave = () => answer.promise;
    const chat = await grata.makeChat();
    await grata.write(chat, "under way", "not begun");
    await eventually(() => expect(channel.calls).toHaveLength(1));
    const stopped = grata.node.stop();
    answer.resolve(delivered);
    await stopped;
    expect(await grata.states(chat)).toEqual([
      ["under way", "delivered"],
      ["not begun", "pending"],
    ]);
    expect(channel.calls).toHaveLength(1);
  });
});
