import { createFakeLine } from "@grata/client/testing/fake-line";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createTypingHeard } from "./typing-heard.ts";
import { createTypingTold } from "./typing-told.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe("C11: that a customer is writing", () => {
  test("is known until they stop", () => {
    const heard = createTypingHeard();
    heard.hear("a", true);
    heard.hear("b", true);
    expect([...heard.snapshot()]).toEqual(["a", "b"]);
    heard.hear("a", false);
    expect([...heard.snapshot()]).toEqual(["b"]);
  });

  test("lapses after five seconds without a word of it, and not before", () => {
    const heard = createTypingHeard();
    heard.hear("a", true);
    vi.advanceTimersByTime(4_000);
    heard.hear("a", true);
    vi.advanceTimersByTime(4_900);
    expect(heard.snapshot().has("a")).toBe(true);
    vi.advanceTimersByTime(200);
    expect(heard.snapshot().has("a")).toBe(false);
  });

  test("leaves no timer behind", () => {
    const heard = createTypingHeard();
    heard.hear("a", true);
    heard.dispose();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("C11: that the agent is writing", () => {
  function start() {
    const line = createFakeLine(() => ({}));
    const told = createTypingTold(line);
    return { line, told, said: () => line.asked.map(({ input }) => (input as { typing: boolean }).typing) };
  }

  test("is told at the first letter, again while it goes on, and once when it rests", () => {
    const { told, said } = start();
    told.tell("a", true);
    told.tell("a", true);
    expect(said()).toEqual([true]);
    vi.advanceTimersByTime(3_000);
    expect(said()).toEqual([true, true]);
    vi.advanceTimersByTime(60_000);
    expect(said()).toEqual([true, true, false]);
  });

  test("ends without a word with the message that is sent", () => {
    const { told, said } = start();
    told.tell("a", true);
    told.sent("a");
    told.tell("a", false);
    vi.advanceTimersByTime(60_000);
    expect(said()).toEqual([true]);
  });

  test("ends at once when nothing is left of what was written", () => {
    const { told, said } = start();
    told.tell("a", true);
    told.tell("a", false);
    told.tell("a", false);
    expect(said()).toEqual([true, false]);
    expect(vi.getTimerCount()).toBeLessThanOrEqual(2);
  });

  test("is not told while there is no line", () => {
    const { line, told, said } = start();
    line.state = "lost";
    told.tell("a", true);
    vi.advanceTimersByTime(10_000);
    expect(said()).toEqual([]);
  });
});
