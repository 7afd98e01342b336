import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { Refusal } from "../refusal/refusal.ts";
import { every } from "./every.ts";

const never = 3_600_000;

/** Work that the test ends, each time by itself. */
function work() {
  const under: { resolve(): void; reject(error: Error): void; signal: AbortSignal }[] = [];
  let atOnce = 0;
  let mostAtOnce = 0;
  return {
    under,
    mostAtOnce: () => mostAtOnce,
    async run(signal: AbortSignal) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      under.push({ resolve, reject, signal });
      mostAtOnce = Math.max(mostAtOnce, ++atOnce);
      await promise.finally(() => atOnce--);
    },
  };
}

/** Resolves when all that was set going by what happened so far has happened. */
const turn = () => new Promise(setImmediate);

test("H1: work is done at once, and again after each pause", async () => {
  let times = 0;
  const { close } = every(5, async () => times++, { logFault: expect.unreachable });
  onTestFinished(close);
  expect(times).toBe(1);
  await eventually(() => expect(times).toBeGreaterThan(3));
});

test("H1: work that begins after a pause is not done at once", async () => {
  let times = 0;
  const { close } = every(20, async () => times++, { logFault: expect.unreachable, firstAfterPause: true });
  onTestFinished(close);
  expect(times).toBe(0);
  await eventually(() => expect(times).toBeGreaterThan(0));
});

test("H1: work that takes longer than the pause is never done twice at once, and times meanwhile are left out", async () => {
  const { under, run, mostAtOnce } = work();
  let ticks = 0;
  const ticking = every(5, async () => ticks++, { logFault: expect.unreachable });
  const job = every(5, run, { logFault: expect.unreachable });
  onTestFinished(ticking.close);
  await eventually(() => expect(ticks).toBeGreaterThan(5));
  expect(under).toHaveLength(1);
  under[0]?.resolve();
  // Nothing but promises gets a turn here, so that it is no new time that begins it again.
  for (let step = 0; step < 20; step++) await null;
  expect(under).toHaveLength(1);
  await eventually(() => expect(under).toHaveLength(2));
  const closed = job.close();
  under[1]?.resolve();
  await closed;
  expect(mostAtOnce()).toBe(1);
});

test("H1: work that is woken while it is under way is done once more, however often it was woken", async () => {
  const { under, run, mostAtOnce } = work();
  const job = every(never, run, { logFault: expect.unreachable });
  job.wake();
  job.wake();
  under[0]?.resolve();
  await eventually(() => expect(under).toHaveLength(2));
  under[1]?.resolve();
  await turn();
  expect(under).toHaveLength(2);
  job.wake();
  expect(under).toHaveLength(3);
  under[2]?.resolve();
  await job.close();
  expect(mostAtOnce()).toBe(1);
});

test("H1: work that wakes itself before it waits for anything is never done twice at once", async () => {
  let atOnce = 0;
  let times = 0;
  const job = every(
    never,
    async () => {
      expect(++atOnce).toBe(1);
      if (++times < 3) job.wake();
      await turn();
      atOnce--;
    },
    { logFault: expect.unreachable, firstAfterPause: true },
  );
  job.wake();
  await eventually(() => expect(times).toBe(3));
  await job.close();
});

test("H1: closing tells the work under way, waits for its end, and nothing begins any more", async () => {
  const { under, run } = work();
  const job = every(never, run, { logFault: expect.unreachable });
  job.wake();
  let isClosed = false;
  const closed = job.close().then(() => {
    isClosed = true;
  });
  expect(under[0]?.signal.aborted).toBe(true);
  await turn();
  expect(isClosed).toBe(false);
  under[0]?.resolve();
  await closed;
  job.wake();
  await turn();
  expect(under).toHaveLength(1);
});

test("H1: a fault is noted, an unavailable database is not, and both are tried again", async () => {
  const { under, run } = work();
  const faults: unknown[] = [];
  const job = every(5, run, { logFault: (error) => faults.push(error) });
  under[0]?.reject(new Refusal("unavailable"));
  await eventually(() => expect(under).toHaveLength(2));
  expect(faults).toEqual([]);
  const fault = new Error("by the test");
  under[1]?.reject(fault);
  await eventually(() => expect(under).toHaveLength(3));
  expect(faults).toEqual([fault]);
  const closed = job.close();
  under[2]?.resolve();
  await closed;
});
