import { createFakeLine } from "@grata/client/testing/fake-line";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createReadMarks } from "./read-marks.ts";

function start() {
  const line = createFakeLine(() => ({}));
  const onSeen = vi.fn();
  return { line, onSeen, marks: createReadMarks(line, onSeen) };
}

const settle = () => vi.advanceTimersByTimeAsync(100);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("C4: a read mark", () => {
  test("is sent once for each new number", async () => {
    const { line, marks } = start();
    marks.see("a", 3);
    await settle();
    marks.see("a", 3);
    marks.see("a", 2);
    await settle();
    expect(line.asked.map(({ input }) => input)).toEqual([{ conversationId: "a", seq: 3 }]);
  });

  test("waits for the one under way, and then only the newest is sent", async () => {
    const { line, marks } = start();
    for (const seq of [1, 2, 4, 3]) {
      marks.see("a", seq);
    }
    await settle();
    expect(line.asked.map(({ input }) => input)).toEqual([
      { conversationId: "a", seq: 1 },
      { conversationId: "a", seq: 4 },
    ]);
  });

  test("that was lost is sent when the agent sees the chat again", async () => {
    const { line, marks } = start();
    marks.see("a", 1);
    line.drop();
    await settle();
    marks.see("a", 1);
    line.state = "open";
    marks.see("a", 1);
    await settle();
    expect(line.asked).toHaveLength(2);
  });

  test("counts at once on this page, whatever becomes of it", () => {
    const { line, marks, onSeen } = start();
    line.state = "lost";
    marks.see("a", 1);
    expect(onSeen).toHaveBeenCalledWith("a", 1);
  });

  test("of one chat does not wait for another's", () => {
    const { line, marks } = start();
    marks.see("a", 1);
    marks.see("b", 1);
    expect(line.asked).toHaveLength(2);
  });
});
