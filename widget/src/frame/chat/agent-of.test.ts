import type { CustomerEntry } from "@grata/contract/entries";
import { expect, test } from "vitest";
import { agentOf, isAnybodyThere, seenAs } from "./agent-of.ts";

const occurrences = {
  said: { kind: "message", text: "Hello" },
  claimed: { kind: "claimed" },
  note: { kind: "hidden" },
  released: { kind: "hidden", queued: true },
} as const;

/** A chat in which this happened, one after the other. */
function chat(...happened: (keyof typeof occurrences)[]) {
  const entries = happened.map((kind, index): CustomerEntry => {
    const name = kind === "claimed" ? "Mei" : null;
    return {
      seq: index + 1,
      occurrence: occurrences[kind],
      author: { kind: "user", name },
      clientId: null,
      at: index,
    };
  });
  const log = { entries, state: { kind: "ready" }, older: "none", head: entries.length } as const;
  return { current: "one", episodes: [{ conversationId: "one", log }] };
}

test("C11: the agent is whoever took the chat last, until it goes back to the wait list", () => {
  expect(agentOf(chat("said"))).toBeUndefined();
  expect(agentOf(chat("said", "claimed", "said", "note"))?.name).toBe("Mei");
  expect(agentOf(chat("said", "claimed", "released"))).toBeUndefined();
  expect(agentOf(chat("said", "claimed", "released", "claimed"))?.name).toBe("Mei");
  expect(agentOf({ ...chat("said", "claimed"), current: undefined })).toBeUndefined();
});

test.each([
  // The team is there, the agent is there: who counts, and whether somebody is there for this customer.
  ["served by somebody who is there", chat("claimed"), true, true, true],
  ["served by somebody who is there alone", chat("claimed"), false, true, true],
  ["served by somebody who is away", chat("claimed"), true, false, false],
  ["told by a server of the release before", chat("claimed"), true, undefined, true],
  ["waiting", chat("said"), true, undefined, true],
  ["waiting before an empty desk", chat("said"), false, undefined, false],
  ["back in the queue", chat("claimed", "released"), true, undefined, true],
  ["back in the queue of an empty desk", chat("claimed", "released"), false, undefined, false],
] as const)("C11: a customer who is %s", (_, view, staffed, served, expected) => {
  expect(isAnybodyThere({ ...view, standing: { staffed, served, reachable: true } })).toBe(expected);
});

test("D1: somebody with an identity is read in the customer's language, else in the first one", () => {
  const english = { language: "en", name: "Support", line: "We answer in English" };
  const chinese = { language: "zh-Hans", name: "客服" };
  const support = { kind: "user", name: "Support", names: [english, chinese] } as const;
  expect(seenAs({ ...support, names: [...support.names] }, "zh-Hans")).toEqual(chinese);
  expect(seenAs({ ...support, names: [...support.names] }, "zh-Hant")).toEqual(english);
  expect(seenAs({ kind: "user", name: "Mei" }, "en")).toEqual({ name: "Mei" });
});
