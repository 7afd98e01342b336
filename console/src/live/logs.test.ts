import { createFakeLine } from "@grata/client/testing/fake-line";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createLogs, entriesAfter } from "./logs.ts";
import { message } from "./testing/samples.ts";

function start(limit: number) {
  const line = createFakeLine(({ type }) => ({
    head: 1,
    entries: type === "entries.before" ? [message(1)] : [],
  }));
  const onChange = vi.fn();
  return { line, onChange, logs: createLogs({ line, limit, onChange }) };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("C4: the logs that are kept", () => {
  test("are made once", () => {
    const { logs } = start(2);
    expect(logs.open("a")).toBe(logs.open("a"));
  });

  test("are those that were opened last", () => {
    const { logs } = start(2);
    logs.open("a");
    logs.open("b");
    logs.open("a");
    logs.open("c");
    expect(["a", "b", "c"].map((id) => logs.find(id) !== undefined)).toEqual([true, false, true]);
  });

  test("tell of their changes", async () => {
    const { logs, onChange } = start(2);
    const log = logs.open("a");
    await vi.advanceTimersByTimeAsync(20);
    expect(onChange).toHaveBeenCalledWith("a", log);
  });

  test("ask again when the line opens: the newest, and those that never had an answer", async () => {
    const { logs, line } = start(5);
    logs.open("answered");
    logs.open("newest");
    await vi.advanceTimersByTimeAsync(20);
    line.state = "lost";
    logs.open("unanswered");
    logs.open("newest");
    line.state = "open";
    line.asked.length = 0;
    logs.resync();
    await vi.advanceTimersByTimeAsync(20);
    expect(line.asked.map(({ input }) => input)).toEqual([
      expect.objectContaining({ conversationId: "unanswered" }),
      expect.objectContaining({ conversationId: "newest" }),
    ]);
  });

  test("ask for what they missed when they are opened again after the line was", async () => {
    const { logs, line } = start(5);
    logs.open("earlier");
    logs.open("newest");
    await vi.advanceTimersByTimeAsync(20);
    logs.resync();
    await vi.advanceTimersByTimeAsync(20);
    line.asked.length = 0;
    for (const _ of ["once", "again"]) logs.open("earlier");
    await vi.advanceTimersByTimeAsync(20);
    expect(line.asked.map(({ type, input }) => [type, input])).toEqual([
      ["entries.after", expect.objectContaining({ conversationId: "earlier", after: 1 })],
    ]);
  });
});

test("C4: the entries after a number are found by their place", () => {
  const entries = [4, 5, 6].map((seq) => message(seq));
  const after = (seq: number) => entriesAfter(entries, seq).map((entry) => entry.seq);
  expect([after(0), after(4), after(6), after(9)]).toEqual([[4, 5, 6], [5, 6], [], []]);
  expect(entriesAfter([], 0)).toEqual([]);
});
