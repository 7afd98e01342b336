import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { watchInactivity } from "./watch-inactivity.ts";

const MINUTE = 60_000;
const PERIOD = 5 * MINUTE;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function begin(period: number | null = PERIOD) {
  const tell = vi.fn(async () => (period === null ? null : Date.now() + period));
  const share = vi.fn();
  const watch = watchInactivity({ tell, share, now: () => Date.now() });
  return { tell, share, watch, pass: (time: number) => vi.advanceTimersByTimeAsync(time) };
}

describe("A9: the inactivity sign-out", () => {
  test("is told of activity at once, and then at most once a minute", async () => {
    const { tell, watch, pass } = begin();
    watch.noteActivity();
    watch.noteActivity();
    expect(tell).toHaveBeenCalledTimes(1);
    await pass(30_000);
    watch.noteActivity();
    expect(tell).toHaveBeenCalledTimes(1);
    await pass(30_000);
    expect(tell).toHaveBeenCalledTimes(2);
    await pass(10 * MINUTE);
    expect(tell).toHaveBeenCalledTimes(2);
  });

  test("warns one minute before", async () => {
    const { watch, pass } = begin();
    watch.noteActivity();
    await pass(PERIOD - MINUTE - 1);
    expect(watch.warning.snapshot()).toBeNull();
    await pass(1);
    expect(watch.warning.snapshot()).toBe(Date.now() + MINUTE);
  });

  test("is put off by an answer to the warning, and by nothing less", async () => {
    const { tell, watch, pass } = begin();
    watch.noteActivity();
    await pass(PERIOD - MINUTE);
    watch.noteActivity();
    expect(tell).toHaveBeenCalledTimes(1);
    expect(watch.warning.snapshot()).not.toBeNull();
    watch.stay();
    await pass(0);
    expect(tell).toHaveBeenCalledTimes(2);
    expect(watch.warning.snapshot()).toBeNull();
    await pass(PERIOD - MINUTE);
    expect(watch.warning.snapshot()).not.toBeNull();
  });

  test("knows what happens in other tabs", async () => {
    const { share, watch, pass } = begin();
    watch.noteActivity();
    await pass(0);
    expect(share).toHaveBeenCalledWith(Date.now() + PERIOD);
    await pass(PERIOD - MINUTE);
    watch.noteEnd(Date.now() + PERIOD);
    expect(watch.warning.snapshot()).toBeNull();
  });

  test("does not warn where the organisation has none, and is told seldom", async () => {
    const { tell, watch, pass } = begin(null);
    for (let minutes = 0; minutes < 60; minutes += 1) {
      watch.noteActivity();
      await pass(MINUTE);
      expect(watch.warning.snapshot()).toBeNull();
    }
    expect(tell.mock.calls.length).toBeLessThan(18);
  });

  test("stops with the page", async () => {
    const { tell, watch, pass } = begin();
    watch.noteActivity();
    await pass(0);
    watch.noteActivity();
    watch.dispose();
    await pass(10 * PERIOD);
    expect(tell).toHaveBeenCalledTimes(1);
    expect(watch.warning.snapshot()).toBeNull();
  });
});
