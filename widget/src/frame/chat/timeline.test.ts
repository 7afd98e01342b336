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
  const view = {
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
  };
  const lines = layOut(view, 9, "en").filter(({ kind }) => kind !== "day");
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
  expect(layOut({ episodes, outgoing: [] }, 9, "en").slice(2)).toEqual([
    { kind: "joined", key: "one/2", name: "Lin Mei", at: 1 },
    { kind: "closed", key: "one/4", final: true, at: 3 },
  ]);
  const both = {
    episodes: [...episodes, { conversationId: "two", log: log(from(customer, "b", "b")) }],
    outgoing: [],
  };
  expect(layOut(both, 9, "en").slice(3)).toMatchObject([
    { kind: "closed", final: false },
    { kind: "message", text: "b" },
  ]);
});

test("C4: a file that waits and what failed stay where and when they were written, in every chat of the visitor", () => {
  const failure = { code: "unavailable", message: "" } as const;
  const moment = new Date(2026, 10, 20, 12).getTime();
  const entries = (...seqs: number[]) => ({
    ...log(),
    entries: seqs.map((seq) => ({ ...from(agent, "x"), seq, at: moment + seq * 1_000 })),
  });
  const episodes = [
    { conversationId: "one", log: entries(1, 2) },
    { conversationId: "two", log: entries(3, 4) },
  ];
  const outgoing = [
    { ...item("in one", { kind: "uploading" }), writtenAt: moment + 1_500 },
    { ...item("behind one", { kind: "failed", failure }), writtenAt: moment + 2_500 },
    { ...item("in two", { kind: "failed", failure }), writtenAt: moment + 3_500 },
    { ...item("sends", { kind: "sending" }), writtenAt: moment + 3_600 },
    { ...item("before all", { kind: "uploading" }), writtenAt: moment },
  ];
  const order = ["in one", "one/2", "behind one", "two/3", "in two", "two/4", "sends"];
  for (const now of [moment + 5_000, moment + 60_000]) {
    const lines = layOut({ episodes, outgoing: outgoing.slice(0, 4) }, now, "en").filter(
      ({ kind }) => kind !== "day",
    );
    expect(lines.map(({ key }) => key)).toEqual(["one/1", ...order]);
    expect(lines.map(({ at }) => at - moment)).toEqual([
      1_000, 1_500, 2_000, 2_500, 3_000, 3_500, 4_000, 4_000,
    ]);
  }
  const lines = layOut({ episodes, outgoing: outgoing.slice(4) }, moment + 5_000, "en");
  expect(lines.find(({ kind }) => kind === "message")?.key).toBe("before all");
  const ahead = { ...item("by a wrong clock", { kind: "failed", failure }), writtenAt: moment + 9_999_999 };
  expect(layOut({ episodes, outgoing: [ahead] }, moment + 5_000, "en").at(-1)).toMatchObject({
    key: "by a wrong clock",
    at: moment + 5_000,
  });
});

test("F4: an erased message keeps its place and says so; that all was erased needs no line of its own", () => {
  const entries = log(
    { occurrence: { kind: "erased" }, author: customer, clientId: null },
    { occurrence: { kind: "closed" }, author: agent, clientId: null },
    { occurrence: { kind: "cleared" }, author: agent, clientId: null },
  );
  const episodes = [{ conversationId: "one", log: entries }];
  expect(layOut({ episodes, outgoing: [] }, 9, "en").slice(1)).toEqual([
    { kind: "erased", key: "one/1", at: 0 },
    { kind: "closed", key: "one/2", final: true, at: 1 },
  ]);
});

test("D1: an entry of an unknown kind keeps its place and says so, whoever wrote it", () => {
  const entries = log(
    { occurrence: { kind: "other" }, author: agent, clientId: null },
    { occurrence: { kind: "other" }, author: customer, clientId: null },
  );
  const episodes = [{ conversationId: "one", log: entries }];
  expect(layOut({ episodes, outgoing: [] }, 9, "en").slice(1)).toEqual([
    { kind: "other", key: "one/1", at: 0 },
    { kind: "other", key: "one/2", at: 1 },
  ]);
});

test("D1: a day begins with its date, and what is on its way belongs to today, whatever our own clock says", () => {
  const hours = 3_600_000;
  const noon = new Date(2026, 10, 20, 12).getTime();
  const at = (seq: number, moment: number) => ({ ...from(agent, "x"), seq, at: moment });
  const entries = [at(1, noon), at(2, noon + 60_000), at(3, noon + 24 * hours)];
  const state = { kind: "ready" } as const;
  const episodes = [{ conversationId: "one", log: { entries, state, older: "none", head: 3 } as const }];
  const outgoing = [{ ...item("late", { kind: "sending" }), createdAt: noon - 3 * hours }];
  const lines = layOut({ episodes, outgoing }, noon + 24 * hours, "en");
  expect(lines.map(({ kind }) => kind)).toEqual(["day", "message", "message", "day", "message", "message"]);
  const goes = lines.flatMap((line) => (line.kind === "message" ? [[line.first, line.last]] : []));
  expect(goes).toEqual([
    [true, false],
    [false, true],
    [true, true],
    [true, true],
  ]);
});

test("C8: a chat that went back to the wait list says so; other entries of the team stay hidden", () => {
  const entries = log(
    { occurrence: { kind: "claimed" }, author: agent, clientId: null },
    { occurrence: { kind: "hidden" }, author: agent, clientId: null },
    { occurrence: { kind: "hidden", queued: true }, author: agent, clientId: null },
  );
  const episodes = [{ conversationId: "one", log: entries }];
  expect(layOut({ episodes, outgoing: [] }, 9, "en").slice(1)).toEqual([
    { kind: "joined", key: "one/1", name: "Lin Mei", at: 0 },
    { kind: "queued", key: "one/3", at: 2 },
  ]);
});
