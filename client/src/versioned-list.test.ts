import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RequestFailed } from "./failures.ts";
import { createFakeLine } from "./testing/fake-line.ts";
import { createStoredWaitingList, waiting } from "./testing/stored-waiting-list.ts";
import { createCurrentList, createWaitingList, type Step, type VersionedList } from "./versioned-list.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(1_000);
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

test("C3: a missing step waits 50 ms and then the list is asked for", async () => {
  const { stored, list } = await openWithThree();
  stored.removeFirst();
  list.apply(stored.removeFirst());
  await vi.advanceTimersByTimeAsync(49);
  expect(stored.line.asked).toHaveLength(1);
  await settle();
  expect(ids(list)).toEqual(stored.ids());
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

test("C3: what joins behind a list that was loaded in part is not shown before its turn", async () => {
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

test("C3 however steps arrive, the list ends as the server has it", async () => {
  const happening = fc.record({
    change: fc.constantFrom("add", "remove"),
    fate: fc.constantFrom("arrives", "late", "twice", "lost"),
    line: fc.constantFrom("stays", "stays", "stays", "drops", "opens"),
    pause: fc.nat(60),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 60 }), async (happenings) => {
      const stored = createStoredWaitingList();
      const list = createWaitingList(stored.line);
      const late: Step<ReturnType<typeof waiting>>[] = [];
      for (const [number, { change, fate, line, pause }] of happenings.entries()) {
        const step = change === "add" ? stored.add(number) : stored.removeFirst();
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
        }
        await vi.advanceTimersByTimeAsync(pause);
      }
      stored.line.state = "open";
      list.noteVersion(stored.version);
      list.resync();
      await vi.advanceTimersByTimeAsync(60_000);
      expect(ids(list)).toEqual(stored.ids());
      expect(list.snapshot()).toMatchObject({ version: stored.version, total: stored.ids().length });
      list.dispose();
    }),
    { seed: 20_261_121, numRuns: 300 },
  );
});
