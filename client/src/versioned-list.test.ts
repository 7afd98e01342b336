import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RequestFailed } from "./failures.ts";
import { createFakeLine } from "./testing/fake-line.ts";
import { createStoredWaitingList, type StoredWaitingList, waiting } from "./testing/stored-waiting-list.ts";
import {
  createCurrentList,
  createWaitingList,
  type Step,
  type VersionedList,
  type WaitingList,
} from "./versioned-list.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(1_100);
const ids = (list: VersionedList<{ id: string }>) => list.snapshot().items.map((item) => item.id);

async function openWithThree() {
  const stored = createStoredWaitingList();
  for (const number of [1, 2, 3]) {
    stored.add(number);
  }
  const list = createWaitingList(stored.line);
  expect(list.snapshot().state).toEqual({ kind: "loading" });
  await settle();
  return { stored, list };
}

test("C3 steps are applied in order, however they arrive, and each once", async () => {
  const { stored, list } = await openWithThree();
  const gone = stored.removeFirst();
  const come = stored.add(4);
  list.apply(come);
  expect(list.snapshot().version).toBe(3);
  list.apply(gone);
  list.apply(gone);
  expect(ids(list)).toEqual([waiting(2).id, waiting(3).id, waiting(4).id]);
  expect(list.snapshot()).toMatchObject({ version: 5, total: 3, state: { kind: "ready" } });
  await settle();
  expect(stored.line.asked).toHaveLength(1);
});

test("C3 who waits longest is first, whatever order the lines come in", async () => {
  const { list } = await openWithThree();
  list.apply({ version: 4, total: 4, changed: [waiting(9, 0)], removed: [] });
  expect(ids(list)[0]).toBe(waiting(9).id);
});

test("C3: a missing step is waited for half a second, and then consoles ask one after another", async () => {
  const stored = createStoredWaitingList();
  for (const number of [1, 2, 3]) {
    stored.add(number);
  }
  const lists = Array.from({ length: 50 }, () => createWaitingList(stored.line));
  await settle();
  stored.line.asked.length = 0;
  stored.removeFirst();
  const late = stored.removeFirst();
  for (const list of lists) {
    list.apply(late);
  }
  await vi.advanceTimersByTimeAsync(499);
  expect(stored.line.asked).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(250);
  expect(stored.line.asked.length).toBeGreaterThan(5);
  expect(stored.line.asked.length).toBeLessThan(45);
  await settle();
  expect(stored.line.asked).toHaveLength(50);
  for (const list of lists) {
    expect(ids(list)).toEqual(stored.ids());
    list.dispose();
  }
});

test("C3: a version that did not arrive is asked for, and so is everything after a reconnect", async () => {
  const { stored, list } = await openWithThree();
  stored.removeFirst();
  list.noteVersion(stored.version);
  await settle();
  expect(ids(list)).toEqual(stored.ids());
  stored.line.drop();
  stored.removeFirst();
  stored.line.state = "open";
  list.resync();
  await settle();
  expect(ids(list)).toEqual(stored.ids());
});

test("C3: an answer that was overtaken by steps does not take the list back", async () => {
  const { stored, list } = await openWithThree();
  const old = { version: 3, total: 3, conversations: [waiting(1), waiting(2), waiting(3)] };
  const slow = createFakeLine(() => old);
  const behind = createWaitingList(slow);
  await settle();
  behind.resync();
  behind.apply(stored.removeFirst());
  await settle();
  expect(ids(behind)).toEqual([waiting(2).id, waiting(3).id]);
  list.dispose();
});

test("C3: a server that was restored from a backup is believed", async () => {
  const { stored, list } = await openWithThree();
  stored.version = 1;
  list.resync();
  await settle();
  expect(list.snapshot().version).toBe(1);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(stored.line.asked).toHaveLength(2);
  list.apply({ version: 2, total: 0, changed: [], removed: stored.ids() });
  expect(ids(list)).toEqual([]);
});

test("C3: of a long list the next lines are asked for when half of those here are gone", async () => {
  const stored = createStoredWaitingList(10);
  for (let number = 1; number <= 30; number += 1) {
    stored.add(number);
  }
  const list = createWaitingList(stored.line);
  await settle();
  expect(list.snapshot()).toMatchObject({ total: 30 });
  for (let count = 0; count < 6; count += 1) {
    list.apply(stored.removeFirst());
  }
  await settle();
  expect(ids(list)).toEqual(stored.ids().slice(0, 10));
});

test("C3: a customer who joins behind a partly loaded list is not shown before their turn", async () => {
  const stored = createStoredWaitingList(10);
  for (let number = 1; number <= 25; number += 1) {
    stored.add(number);
  }
  const list = createWaitingList(stored.line);
  await settle();
  for (let number = 26; number <= 45; number += 1) {
    list.apply(stored.add(number));
  }
  expect(ids(list)).toEqual(stored.ids().slice(0, 10));
  for (let count = 0; count < 10; count += 1) {
    list.apply(stored.removeFirst());
  }
  await settle();
  expect(ids(list)).toEqual(stored.ids().slice(0, 10));
  expect(list.snapshot().total).toBe(35);
});

test("C3: once all that is left is here, whoever joins is shown again", async () => {
  const stored = createStoredWaitingList(10);
  for (let number = 1; number <= 12; number += 1) {
    stored.add(number);
  }
  const list = createWaitingList(stored.line);
  await settle();
  for (let count = 0; count < 8; count += 1) {
    list.apply(stored.removeFirst());
  }
  await settle();
  list.apply(stored.add(13));
  expect(ids(list)).toEqual(stored.ids());
});

test("C3: a refusal is shown", async () => {
  const failure = { code: "forbidden", message: "Not for you." } as const;
  const line = createFakeLine(() => {
    throw new RequestFailed(failure);
  });
  const list = createCurrentList(line);
  await settle();
  expect(list.snapshot().state).toEqual({ kind: "refused", failure });
});

test("C3: a list turned round loads those who came last, and shows whoever comes next", async () => {
  const stored = createStoredWaitingList(10);
  for (let number = 1; number <= 30; number += 1) {
    stored.add(number);
  }
  const list = createWaitingList(stored.line);
  await settle();
  expect(list.snapshot()).toMatchObject({ total: 30, more: "after" });
  list.apply(stored.add(31));
  expect(ids(list)).toEqual(stored.ids().slice(0, 10));
  list.turn("newest");
  await settle();
  expect(list.snapshot()).toMatchObject({ total: 31, more: "before" });
  expect(ids(list)).toEqual(stored.ids().slice(-10));
  list.apply(stored.add(32));
  list.apply(stored.add(33, 5.5));
  expect(ids(list)).toEqual(stored.ids().slice(-11));
});

test("C3: the other end of a list is asked for again when a step overtook the answer", async () => {
  const stored = createStoredWaitingList(10);
  for (let number = 1; number <= 30; number += 1) {
    stored.add(number);
  }
  const list = createWaitingList(stored.line);
  await settle();
  list.turn("newest");
  list.apply({ version: 31, total: 29, changed: [], removed: [waiting(1).id] });
  await vi.advanceTimersByTimeAsync(10);
  expect(ids(list)).toEqual(stored.ids().slice(1, 10));
  stored.removeFirst();
  await settle();
  expect(ids(list)).toEqual(stored.ids().slice(-10));
});

test("C3: a list that is here whole is not asked for again when it is turned round", async () => {
  const { stored, list } = await openWithThree();
  list.turn("newest");
  await settle();
  expect(stored.line.asked).toHaveLength(1);
  expect(ids(list)).toEqual(stored.ids());
});

const happening = fc.record({
  change: fc.constantFrom("comes", "comes", "returns", "first", "last"),
  fate: fc.constantFrom("arrives", "arrives", "late", "twice", "lost"),
  line: fc.constantFrom("stays", "stays", "stays", "drops", "opens", "turns"),
  pause: fc.nat(60),
});
const orders = fc.constantFrom("longest" as const, "newest" as const);

/** Lets time pass until the list has caught up, and no longer: timers that others left behind would run with it. */
async function caughtUp(hasCaughtUp: () => boolean): Promise<void> {
  for (let count = 0; count < 600 && !hasCaughtUp(); count += 1) {
    await vi.advanceTimersByTimeAsync(100);
  }
}

/** Expects the lines from one end of the stored list, without a gap. */
function expectNoGap(list: WaitingList, stored: StoredWaitingList): void {
  const { items, more } = list.snapshot();
  const all = stored.ids();
  expect(ids(list)).toEqual(more === "before" ? all.slice(-items.length) : all.slice(0, items.length));
}

test("C3: however steps arrive, of a list of any length the lines that come first are here, without a gap", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(happening, { maxLength: 60 }),
      fc.constantFrom(1_000, 12, 5),
      fc.nat(30),
      orders,
      async (happenings, limit, before, order) => {
        const stored = createStoredWaitingList(limit);
        for (let number = 0; number < before; number += 1) {
          stored.add(number);
        }
        let wanted = order;
        const list = createWaitingList(stored.line, { order });
        const late: Step<ReturnType<typeof waiting>>[] = [];
        for (const [index, { change, fate, line, pause }] of happenings.entries()) {
          const number = before + index;
          const step = {
            comes: () => stored.add(number),
            returns: () => stored.add(number, number / 2 + 0.25),
            first: stored.removeFirst,
            last: stored.removeLast,
          }[change]();
          if (fate === "late") {
            late.push(step);
          } else if (fate !== "lost") {
            list.apply(step);
            for (const earlier of fate === "twice" ? [step, ...late.splice(0)] : []) {
              list.apply(earlier);
            }
          }
          if (line === "drops") {
            stored.line.drop();
          } else if (line === "opens") {
            stored.line.state = "open";
            list.resync();
          } else if (line === "turns") {
            wanted = wanted === "longest" ? "newest" : "longest";
            list.turn(wanted);
          }
          await vi.advanceTimersByTimeAsync(pause);
          if (list.snapshot().version === stored.version) {
            expectNoGap(list, stored);
          }
        }
        stored.line.state = "open";
        list.noteVersion(stored.version);
        list.resync();
        const enough = () => Math.min(stored.ids().length, Math.floor(limit / 2));
        await caughtUp(
          () => list.snapshot().version === stored.version && list.snapshot().items.length >= enough(),
        );
        await settle();

        const { items, total, more, version } = list.snapshot();
        expect({ version, total }).toEqual({ version: stored.version, total: stored.ids().length });
        expect(items.length).toBeGreaterThanOrEqual(enough());
        const isWhole = items.length === total;
        expect(more).toBe(isWhole ? undefined : wanted === "longest" ? "after" : "before");
        expectNoGap(list, stored);
        list.dispose();
      },
    ),
    { seed: 20_261_121, numRuns: 300 },
  );
});
