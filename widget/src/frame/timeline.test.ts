import type { LogSnapshot } from "@grata/client/conversation-log";
import type { OutgoingItem } from "@grata/client/outgoing";
import type { CustomerEntry } from "@grata/contract/entries";
import { expect, test } from "vitest";
import { layOut } from "./timeline.ts";

function log(...entries: Omit<CustomerEntry, "seq" | "at">[]): LogSnapshot<CustomerEntry> {
  return {
    entries: entries.map((entry, index) => ({ ...entry, seq: index + 1, at: index })),
    state: { kind: "ready" },
    older: "none",
    head: entries.length,
  };
}

const customer = { kind: "customer", name: null } as const;
const agent = { kind: "user", name: "Lin Mei" } as const;
const from = (author: CustomerEntry["author"], text: string, clientId: string | null = null) =>
  ({ occurrence: { kind: "message", text }, author, clientId }) as const;
const item = (clientId: string, state: OutgoingItem["state"]): OutgoingItem => ({
  clientId,
  lane: "chat",
  text: clientId,
  createdAt: 9,
  state,
});

test("C4 each message says what became of it, and is shown once while it moves from the queue to the log", () => {
  const failure = { code: "message_too_long", message: "Too long." } as const;
  const lines = layOut({
    episodes: [
      {
        conversationId: "one",
        log: log(from(customer, "a", "a"), from(agent, "Hello!"), from(customer, "b", "b")),
      },
    ],
    outgoing: [
      item("b", { kind: "sent" }),
      item("c", { kind: "sending" }),
      item("d", { kind: "failed", failure }),
    ],
  });
  expect(lines.map((line) => line.kind === "message" && [line.key, line.own, line.state.kind])).toEqual([
    ["a", true, "sent"],
    ["one/2", false, "received"],
    ["b", true, "sent"],
    ["c", true, "sending"],
    ["d", true, "failed"],
  ]);
});

test("C8 a closed chat says so, invites to write only while it is the end, and goes on with the next one", () => {
  const first = log(
    from(customer, "a", "a"),
    { occurrence: { kind: "claimed" }, author: agent, clientId: null },
    { occurrence: { kind: "hidden" }, author: agent, clientId: null },
    { occurrence: { kind: "closed" }, author: agent, clientId: null },
  );
  const episodes = [{ conversationId: "one", log: first }];
  expect(layOut({ episodes, outgoing: [] }).slice(1)).toEqual([
    { kind: "joined", key: "one/2", name: "Lin Mei" },
    { kind: "closed", key: "one/4", final: true },
  ]);
  const lines = layOut({
    episodes: [...episodes, { conversationId: "two", log: log(from(customer, "b", "b")) }],
    outgoing: [],
  });
  expect(lines.slice(2)).toMatchObject([
    { kind: "closed", final: false },
    { kind: "message", text: "b" },
  ]);
});
