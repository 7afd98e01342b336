import type { OutgoingItem } from "@grata/client/outgoing";
import type { TeamEntry } from "@grata/contract/entries";
import { describe, expect, test } from "vitest";
import { message } from "../live/testing/samples.ts";
import { buildTimeline, type Row } from "./timeline.ts";

const me = "22222222-2222-4222-8222-222222222222";
const mine = { kind: "user", name: "Mei", userId: me } as const;
const day = 24 * 3_600_000;
const dayOf = (at: number) => Math.floor(at / day);

function outgoing(clientId: string, state: OutgoingItem["state"] = { kind: "sending" }): OutgoingItem {
  return { clientId, lane: "chat", text: `text of ${clientId}`, createdAt: 99 * day, state };
}

const build = (entries: TeamEntry[], items: OutgoingItem[] = [], newSince: number | null = null): Row[] =>
  buildTimeline({ entries, outgoing: items, me, dayOf, newSince });

const kindsOf = (rows: Row[]) => rows.map((row) => row.kind);

describe("C4: the lines of a message list", () => {
  test("begin with the day, and have a line for each new one", () => {
    const rows = build([message(1, { at: 5 }), message(2, { at: 6 }), message(3, { at: day + 1 })]);
    expect(kindsOf(rows)).toEqual(["day", "message", "message", "day", "message"]);
  });

  test("C4: say of a message that did not reach its customer by which change, and why", () => {
    const failed = {
      author: mine,
      delivery: "failed",
      deliveryVersion: 3,
      deliveryReason: "no_answer",
    } as const;
    const rows = build([
      message(2, failed),
      message(3, { author: mine, delivery: "delivered", deliveryVersion: 4 }),
    ]);
    expect(rows.slice(1)).toMatchObject([
      { status: { delivery: "failed", undelivered: { seq: 2, deliveryVersion: 3, reason: "no_answer" } } },
      { status: { kind: "stored", delivery: "delivered" } },
    ]);
    expect(rows.at(-1)).not.toHaveProperty("status.undelivered");
  });

  test("B8: name the writer anew where they are seen under another identity, and not for what is on its way", () => {
    const as = (name: string) => ({ identityId: me, names: [{ name }], avatar: null });
    const said = (name: string) => ({ kind: "message", text: "Hi", as: as(name) }) as const;
    const rows = build(
      [
        message(1, { author: mine, at: 1, occurrence: said("Support") }),
        message(2, { author: mine, at: 2, occurrence: said("Support") }),
        message(3, { author: mine, at: 3, occurrence: said("Sales") }),
      ],
      [outgoing("one")],
    );
    const shown = rows.flatMap((row) => (row.kind === "message" ? [[row.as?.[0]?.name, row.begins]] : []));
    expect(shown).toEqual([
      ["Support", true],
      ["Support", false],
      ["Sales", true],
      [undefined, false],
    ]);
  });

  test("end with what is on its way, which claims no day of its own", () => {
    const rows = build([message(1, { at: 5 })], [outgoing("one"), outgoing("two")]);
    expect(kindsOf(rows)).toEqual(["day", "message", "message", "message"]);
    expect(rows.at(-1)).toMatchObject({ text: "text of two", mine: true, at: null });
  });

  test("C4: leave a file that waits, and what failed, where it was written; what is being sent stands last", () => {
    const written = (writtenAt: number) => ({ writtenAt });
    const failure = { code: "unavailable", message: "" } as const;
    const rows = build(
      [message(1, { at: 1 }), message(2, { at: 2 }), message(3, { at: 3 })],
      [
        { ...outgoing("waits", { kind: "uploading" }), ...written(1) },
        { ...outgoing("sends"), ...written(1) },
        { ...outgoing("failed", { kind: "failed", failure }), ...written(2) },
        { ...outgoing("last", { kind: "uploading" }), ...written(3) },
      ],
    );
    const shown = rows.flatMap((row) => (row.kind === "message" ? [row.seq ?? row.key] : []));
    expect(shown).toEqual([1, "waits", 2, "failed", 3, "sends", "last"]);
  });

  test("show a message once while it is in the log and still in the queue", () => {
    const rows = build([message(1, { clientId: "one", author: mine })], [outgoing("one", { kind: "sent" })]);
    expect(rows.filter((row) => row.kind === "message")).toHaveLength(1);
  });

  test("have one where this console does not know what happened, or how far a message came", () => {
    const rows = build([
      message(1, { occurrence: { kind: "other" } }),
      message(2, { author: mine, delivery: "other" }),
    ]);
    expect(rows.slice(1)).toMatchObject([
      { kind: "event", event: "other" },
      { kind: "message", status: { kind: "stored", delivery: "other" } },
    ]);
  });

  test("keep a message's key from sending to stored", () => {
    const before = build([], [outgoing("one")]).at(-1)?.key;
    expect(build([message(1, { clientId: "one", author: mine })]).at(-1)?.key).toBe(before);
  });

  test("have keys that differ, even when a clock ran back over midnight", () => {
    const rows = build([
      message(1, { at: day - 1 }),
      message(2, { at: day }),
      message(3, { at: day - 1 }),
      message(4, { at: day }),
    ]);
    expect(new Set(rows.map((row) => row.key)).size).toBe(rows.length);
  });

  test("C4: have one line above the first message of the customer that is new to the reader", () => {
    const rows = build([message(1), message(2, { author: mine }), message(3), message(4)], [], 1);
    expect(kindsOf(rows)).toEqual(["day", "message", "message", "new", "message", "message"]);
  });

  test("C4: have no such line where all of it is new, or nothing", () => {
    expect(kindsOf(build([message(1), message(2)], [], 0))).not.toContain("new");
    expect(kindsOf(build([message(1), message(2)], [], 2))).not.toContain("new");
    expect(kindsOf(build([message(1), message(2, { author: mine })], [], 1))).not.toContain("new");
  });

  test("name the author where a turn begins", () => {
    const rows = build([
      message(1, { at: 0 }),
      message(2, { at: 1000 }),
      message(3, { at: 2000, author: mine }),
      message(4, { at: 3000, author: { ...mine, userId: "colleague" } }),
      message(5, { at: 4000 }),
      message(6, { at: 4000 + 10 * 60_000 }),
    ]);
    const begins = rows.flatMap((row) => (row.kind === "message" ? [row.begins] : []));
    expect(begins).toEqual([true, false, true, true, true, true]);
  });

  test("tell what happened to the chat between the messages", () => {
    const claimed = message(2, { occurrence: { kind: "claimed" }, author: mine, audience: "team" });
    expect(build([message(1), claimed, message(3)])).toMatchObject([
      { kind: "day" },
      { kind: "message", begins: true },
      { kind: "event", event: "claimed", mine: true },
      { kind: "message", begins: true },
    ]);
  });
});
