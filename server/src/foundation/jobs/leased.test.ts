import { expect, onTestFinished, test } from "vitest";
import { eventually } from "../../../testing/checks/eventually.ts";
import { Refusal } from "../refusal/refusal.ts";
import { type Lanes, type Postponed, startLeasedWorker } from "./leased.ts";

type Letter = { text: string; attempts: number };
type Done = { kind: "done" };
type Ended = Done | Postponed;
const done: Done = { kind: "done" };

/**
 * An inbox in memory, with a lane for each customer: for the order and the number of things alone. Leases and
 * transactions of a database are what the tests of the deliveries, mails and pushes are about.
 */
function openInbox(work: (text: string, attempts: number) => Ended | Promise<Ended>) {
  const lanes = new Map<string, { letters: Letter[]; isLeased: boolean; dueAt: number }>();
  const begun: string[] = [];
  const settled: string[] = [];
  const pauses: number[] = [];
  let atOnce = 0;
  let mostAtOnce = 0;
  const laneOf = (name: string) => lanes.get(name) ?? { letters: [], isLeased: false, dueAt: 0 };
  const port: Lanes<string, Letter, Done> = {
    async lease() {
      const due = [...lanes].find(
        ([, lane]) => !lane.isLeased && lane.letters.length > 0 && lane.dueAt <= performance.now(),
      );
      if (!due) return null;
      due[1].isLeased = true;
      return due[0];
    },
    async begin(name) {
      const lane = laneOf(name);
      const [letter] = lane.letters;
      if (letter) letter.attempts++;
      else lane.isLeased = false;
      return letter ?? null;
    },
    async work({ text, attempts }) {
      begun.push(text);
      mostAtOnce = Math.max(mostAtOnce, ++atOnce);
      try {
        return await work(text, attempts);
      } finally {
        atOnce--;
      }
    },
    async settle(name) {
      settled.push(laneOf(name).letters.shift()?.text ?? "");
    },
    async postpone(name, _letter, _reason, seconds) {
      pauses.push(seconds);
      // A second of the worker is a millisecond here.
      Object.assign(laneOf(name), { isLeased: false, dueAt: performance.now() + seconds });
    },
  };
  return {
    port,
    begun,
    settled,
    pauses,
    mostAtOnce: () => mostAtOnce,
    put(name: string, ...texts: string[]) {
      const lane = laneOf(name);
      lane.letters.push(...texts.map((text) => ({ text, attempts: 0 })));
      lanes.set(name, lane);
    },
  };
}

function start(port: Lanes<string, Letter, Done>, settings: { lanesAtOnce?: number; rowIsLane?: true } = {}) {
  const faults: unknown[] = [];
  const job = startLeasedWorker(port, {
    leaseSeconds: 60,
    lanesAtOnce: 2,
    firstPauseSeconds: 3,
    longestPauseSeconds: 10,
    logFault: (error) => faults.push(error),
    ...settings,
  });
  onTestFinished(job.close);
  return { ...job, faults };
}

test("H1: lanes are worked on side by side, as many as may be, and each in its order", async () => {
  const inbox = openInbox(async () => {
    await new Promise(setImmediate);
    return done;
  });
  for (const lane of ["a", "b", "c", "d", "e"]) inbox.put(lane, `${lane}1`, `${lane}2`, `${lane}3`);
  start(inbox.port).wake();
  await eventually(() => expect(inbox.settled).toHaveLength(15));
  for (const lane of ["a", "b", "c", "d", "e"]) {
    expect(inbox.begun.filter((text) => text.startsWith(lane))).toEqual([`${lane}1`, `${lane}2`, `${lane}3`]);
  }
  expect(inbox.mostAtOnce()).toBe(2);
});

test("H1: work that is postponed is tried again after pauses that double up to the longest, unless it says when", async () => {
  const inbox = openInbox((text, attempts) => {
    if (text !== "stubborn" || attempts > 5) return done;
    const postponed: Postponed = { kind: "postponed", reason: "Not now." };
    return attempts === 5 ? { ...postponed, afterSeconds: 1 } : postponed;
  });
  inbox.put("a", "stubborn", "behind it");
  const { wake } = start(inbox.port);
  await eventually(() => {
    wake();
    expect(inbox.settled).toEqual(["stubborn", "behind it"]);
  });
  expect(inbox.pauses).toEqual([3, 6, 10, 10, 1]);
});

test("H1: whatever comes during the last look, while every place is taken, is begun without a wait", async () => {
  const inbox = openInbox(() => done);
  let looks = 0;
  const worker = start(
    {
      ...inbox.port,
      async lease(workerId, seconds) {
        if (++looks > 1) return inbox.port.lease(workerId, seconds);
        await null;
        inbox.put("a", "late");
        worker.wake();
        return null;
      },
    },
    { lanesAtOnce: 1 },
  );
  worker.wake();
  await new Promise(setImmediate);
  expect(inbox.settled).toEqual(["late"]);
});

test("H1: a row that is a lane of its own is left when it is done", async () => {
  const inbox = openInbox(() => done);
  inbox.put("a", "one", "two");
  const { wake, close } = start(inbox.port, { rowIsLane: true });
  wake();
  await new Promise(setImmediate);
  await close();
  expect(inbox.settled).toEqual(["one"]);
});

test("H1: a lane whose work throws keeps no other back, and is neither settled nor tried before its lease has run out", async () => {
  const fault = new Error("by the test");
  const inbox = openInbox((text) => {
    if (text === "broken") throw fault;
    if (text === "no database") throw new Refusal("unavailable");
    return done;
  });
  inbox.put("a", "broken", "behind it");
  inbox.put("b", "no database");
  inbox.put("c", "fine");
  const { wake, faults } = start(inbox.port);
  wake();
  await eventually(() => expect(inbox.settled).toEqual(["fine"]));
  wake();
  await eventually(() => expect(faults).toEqual([fault]));
  expect(inbox.begun.toSorted()).toEqual(["broken", "fine", "no database"]);
});

test("H1: closing waits for what is under way, notes it, and begins nothing more", async () => {
  const answer = Promise.withResolvers<Ended>();
  const inbox = openInbox(() => answer.promise);
  inbox.put("a", "under way", "not begun");
  const { wake, close } = start(inbox.port);
  wake();
  await eventually(() => expect(inbox.begun).toEqual(["under way"]));
  let isClosed = false;
  const closed = close().then(() => {
    isClosed = true;
  });
  inbox.put("b", "too late");
  wake();
  await new Promise(setImmediate);
  expect(isClosed).toBe(false);
  answer.resolve(done);
  await closed;
  expect(inbox.begun).toEqual(["under way"]);
  expect(inbox.settled).toEqual(["under way"]);
});

test("H1: the worker looks by itself for what nobody woke it for", async () => {
  const inbox = openInbox(() => done);
  start(inbox.port);
  inbox.put("a", "from another node");
  await eventually(() => expect(inbox.settled).toEqual(["from another node"]));
});
