import type { DeliveryState, TeamEntry } from "@grata/contract/entries";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createTeamLog } from "./team-log.ts";
import { createFakeLine } from "./testing/fake-line.ts";
import { teamEntry } from "./testing/stored-log.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(1_000);

/** A conversation on a channel that messages are handed to, as a server keeps it. */
function openServer(messages: number) {
  const entries: TeamEntry[] = [];
  let version = 0;
  let frozen: TeamEntry[] | undefined;
  const line = createFakeLine(({ type, input }) => {
    const { before, limit, after } = input as { before: number; limit: number; after: number };
    switch (type) {
      case "entries.before": {
        const read = frozen ?? entries;
        frozen = undefined;
        return { head: read.length, entries: read.filter(({ seq }) => seq < before).slice(-limit) };
      }
      case "entries.after":
        return { head: entries.length, entries: entries.filter(({ seq }) => seq > after) };
      default: {
        const states = entries
          .flatMap(({ seq, delivery, deliveryVersion, deliveryReason }): DeliveryState[] =>
            deliveryVersion === undefined || deliveryVersion <= after
              ? []
              : [{ seq, delivery, deliveryVersion, ...(deliveryReason && { deliveryReason }) }],
          )
          .sort((left, right) => left.deliveryVersion - right.deliveryVersion);
        return { version, states };
      }
    }
  });

  /** Stores one more message and returns the news of it. */
  function write(): TeamEntry {
    const entry: TeamEntry = { ...teamEntry(entries.length + 1), delivery: "pending" };
    entries.push(entry);
    return entry;
  }

  /** Something becomes of a message; returns the news of it. */
  function change(seq: number, delivery: TeamEntry["delivery"], deliveryReason?: string): DeliveryState {
    version += 1;
    const state = { seq, delivery, deliveryVersion: version, ...(deliveryReason && { deliveryReason }) };
    const { deliveryReason: _, ...entry } = entries[seq - 1] as TeamEntry;
    entries[seq - 1] = { ...entry, ...state };
    return state;
  }

  for (let count = 0; count < messages; count++) {
    write();
  }
  return {
    line,
    entries,
    write,
    change,
    version: () => version,
    /** The next page is as all is now, however late it arrives. */
    freeze() {
      frozen = [...entries];
    },
  };
}

function open(server: ReturnType<typeof openServer>) {
  const log = createTeamLog({ conversationId: "8f8c5a52-3b46-4f54-9e4c-0a3c4a8f4e11", line: server.line });
  return {
    log,
    shown: () => log.snapshot().entries.map(({ delivery }) => delivery),
    asked: () => server.line.asked.map(({ type }) => type),
  };
}

describe("C4: a change of a delivery state", () => {
  test("comes with its entry when the log loads, without another request", async () => {
    const server = openServer(2);
    server.change(1, "delivered");
    server.change(2, "failed", "no_answer");
    const { log, shown, asked } = open(server);
    log.noteDeliveries(2);
    await settle();
    expect(shown()).toEqual(["delivered", "failed"]);
    expect(log.snapshot().entries[1]).toMatchObject({ deliveryVersion: 2, deliveryReason: "no_answer" });
    expect(asked()).toEqual(["entries.before"]);
  });

  test("is shown at once when it is told, in whatever order, and a reason goes with the state that it explains", async () => {
    const server = openServer(2);
    const { log, shown, asked } = open(server);
    await settle();
    const failed = server.change(2, "failed", "no_answer");
    const again = server.change(2, "pending");
    log.takeDeliveries([failed]);
    expect(log.snapshot().entries[1]).toMatchObject({ delivery: "failed", deliveryReason: "no_answer" });
    log.takeDeliveries([server.change(1, "delivered")]);
    log.takeDeliveries([again]);
    log.takeDeliveries([failed]);
    expect(shown()).toEqual(["delivered", "pending"]);
    expect(log.snapshot().entries[1]?.deliveryReason).toBeUndefined();
    await settle();
    expect(asked()).toEqual(["entries.before"]);
  });

  test("waits for an entry that comes after it", async () => {
    const server = openServer(1);
    const { log, shown } = open(server);
    await settle();
    const written = server.write();
    const failed = server.change(2, "failed");
    log.takeDeliveries([server.change(2, "delivered")]);
    log.takeDeliveries([failed]);
    log.apply([written]);
    expect(shown()).toEqual(["pending", "delivered"]);
  });

  test("told while the first page loads is not lost", async () => {
    const server = openServer(2);
    const { log, shown } = open(server);
    log.takeDeliveries([server.change(2, "delivered")]);
    await settle();
    expect(shown()).toEqual(["pending", "delivered"]);
  });

  test("missed while the first page loads is asked for, though a later one was told", async () => {
    const server = openServer(2);
    const { log, shown } = open(server);
    server.freeze();
    server.change(1, "delivered");
    log.takeDeliveries([server.change(2, "failed")]);
    await settle();
    expect(shown()).toEqual(["delivered", "failed"]);
  });

  test("not told is asked for once, when a head or a later change shows the gap", async () => {
    const server = openServer(3);
    const { log, shown, asked } = open(server);
    await settle();
    server.change(1, "delivered");
    log.noteDeliveries(server.version());
    await settle();
    expect(shown()).toEqual(["delivered", "pending", "pending"]);
    server.change(2, "unconfirmed");
    log.takeDeliveries([server.change(3, "failed")]);
    expect(shown()).toEqual(["delivered", "pending", "failed"]);
    await settle();
    expect(shown()).toEqual(["delivered", "unconfirmed", "failed"]);
    expect(asked()).toEqual(["entries.before", "deliveries.after", "deliveries.after"]);
  });

  test("in a closed chat is asked for when the line is back", async () => {
    const server = openServer(1);
    const { log, shown, asked } = open(server);
    await settle();
    server.change(1, "delivered");
    log.resync();
    await settle();
    expect(shown()).toEqual(["delivered"]);
    log.resync();
    await settle();
    expect(asked().filter((type) => type === "deliveries.after")).toHaveLength(1);
  });

  const step = fc.record({
    kind: fc.constantFrom("write", "change", "change", "change", "load"),
    seq: fc.nat(9),
    delivery: fc.constantFrom("pending", "delivered", "failed", "unconfirmed"),
    /** Fate of the news of this change: at once, late, or lost. */
    news: fc.constantFrom("at once", "late", "lost"),
    pause: fc.constantFrom(0, 0, 5, 20, 200),
  });

  test("is shown in the end as the server has it, whatever is late, early, twice or lost", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const server = openServer(60);
        const { log } = open(server);
        const late: (() => void)[] = [];
        for (const { kind, seq, delivery, news, pause } of steps) {
          const arrive = arrivalOf(kind, server.entries.length - seq, delivery);
          if (news === "at once") arrive();
          if (news === "late") late.push(arrive);
          await vi.advanceTimersByTimeAsync(pause);
        }
        for (const arrive of late.reverse()) arrive();
        // The next beat of the heads.
        log.noteHead(server.entries.length);
        log.noteDeliveries(server.version());
        await settle();
        expect(log.snapshot().entries).toEqual(server.entries.slice(-log.snapshot().entries.length));
        log.dispose();

        function arrivalOf(kind: string, seq: number, delivery: TeamEntry["delivery"]): () => void {
          if (kind === "load") return () => void log.loadOlder();
          if (kind === "write") {
            const entry = server.write();
            return () => log.apply([entry]);
          }
          const state = server.change(seq, delivery);
          return () => log.takeDeliveries([state]);
        }
      }),
      { numRuns: 200 },
    );
  });
});
