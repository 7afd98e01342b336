import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ConnectionState } from "./connection.ts";
import { ConnectionLost, RequestFailed } from "./failures.ts";
import { createOutgoing, type OutgoingItem } from "./outgoing.ts";
import { createMemoryStorage, type StoragePort } from "./storage.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const tooLong = { code: "message_too_long", message: "At most 10,000 characters." } as const;
const busy = { code: "unavailable", message: "One moment.", retryAfter: 3 } as const;

/** A page with a queue. `answers` are used up in order; then everything is stored. */
function openPage(storage: StoragePort, state: ConnectionState = "open") {
  const line = { state };
  const sent: OutgoingItem[] = [];
  const answers: (() => Promise<unknown>)[] = [];
  const outgoing = createOutgoing({
    line,
    storage,
    prefix: "test.",
    send: (item) => {
      sent.push(item);
      return answers.shift()?.() ?? Promise.resolve();
    },
  });
  const shown = () => outgoing.snapshot().map((item) => `${item.text} ${item.state.kind}`);
  return { outgoing, line, sent, answers, shown, texts: () => sent.map((item) => item.text) };
}

const pass = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);
const never = () => new Promise<never>(() => {});
const lost = () => Promise.reject(new ConnectionLost("disconnected"));

describe("C4 sending", () => {
  test("one at a time in each lane, in the order typed", async () => {
    const page = openPage(createMemoryStorage());
    let store = () => {};
    page.answers.push(() => new Promise<void>((resolve) => (store = resolve)), never);
    page.outgoing.add("ada", "one");
    page.outgoing.add("bob", "other");
    page.outgoing.add("ada", "two");
    await pass();
    expect(page.texts()).toEqual(["one", "other"]);
    store();
    await pass();
    expect(page.texts()).toEqual(["one", "other", "two"]);
    expect(page.shown()).toEqual(["one sent", "other sending", "two sent"]);
  });

  test("what was acknowledged is out of the storage, and leaves when the log shows it", async () => {
    const storage = createMemoryStorage();
    const page = openPage(storage);
    const item = page.outgoing.add("ada", "one");
    expect(storage.length).toBe(1);
    await pass();
    expect(storage.length).toBe(0);
    page.outgoing.settle([{ clientId: null }]);
    expect(page.shown()).toEqual(["one sent"]);
    page.outgoing.settle([{ clientId: item.clientId }]);
    expect(page.shown()).toEqual([]);
  });

  test("what the log shows is stored, even if its acknowledgement was lost", async () => {
    const page = openPage(createMemoryStorage());
    page.answers.push(lost);
    page.line.state = "lost";
    const item = page.outgoing.add("ada", "one");
    page.outgoing.settle([{ clientId: item.clientId }]);
    page.line.state = "open";
    page.outgoing.resume();
    await pass(60_000);
    expect(page.texts()).toEqual([]);
  });
});

describe("C4 failing", () => {
  test("a lost connection: sent again after the reconnect, with the same client id", async () => {
    const page = openPage(createMemoryStorage());
    page.answers.push(() => {
      page.line.state = "lost";
      return lost();
    });
    page.outgoing.add("ada", "one");
    await pass();
    expect(page.shown()).toEqual(["one sending"]);
    page.line.state = "open";
    page.outgoing.resume();
    await pass();
    expect(page.shown()).toEqual(["one sent"]);
    expect(page.sent[0]?.clientId).toBe(page.sent[1]?.clientId);
  });

  test("no answer on an open connection: sent again after a pause", async () => {
    const page = openPage(createMemoryStorage());
    page.answers.push(() => Promise.reject(new ConnectionLost("timeout")));
    page.outgoing.add("ada", "one");
    await pass(1_000);
    expect(page.shown()).toEqual(["one sent"]);
  });

  test("a failure that may pass: sent again when the server said", async () => {
    const page = openPage(createMemoryStorage());
    page.answers.push(() => Promise.reject(new RequestFailed(busy)));
    page.outgoing.add("ada", "one");
    page.outgoing.add("ada", "two");
    await pass(2_900);
    expect(page.texts()).toEqual(["one"]);
    // Up to half as long again, so that not all come back together.
    await pass(1_700);
    expect(page.texts()).toEqual(["one", "one", "two"]);
  });

  test("too many at once: sent again in their order, and never shown as failed", async () => {
    const page = openPage(createMemoryStorage());
    const tooMany = { code: "too_many_requests", message: "One moment.", retryAfter: 1 } as const;
    for (let time = 0; time < 3; time++) {
      page.answers.push(() => Promise.reject(new RequestFailed(tooMany)));
    }
    for (const text of ["one", "two", "three"]) {
      page.outgoing.add("ada", text);
    }
    await pass();
    expect(page.shown()).toEqual(["one sending", "two sending", "three sending"]);
    await pass(60_000);
    expect(page.texts()).toEqual(["one", "one", "one", "one", "two", "three"]);
    expect(page.shown()).toEqual(["one sent", "two sent", "three sent"]);
  });

  test("a final failure: shown with its reason, and the next goes on; retry and discard", async () => {
    const storage = createMemoryStorage();
    const page = openPage(storage);
    page.answers.push(() => Promise.reject(new RequestFailed(tooLong)));
    page.answers.push(() => Promise.reject(new RequestFailed(tooLong)));
    const first = page.outgoing.add("ada", "one");
    const second = page.outgoing.add("ada", "two");
    page.outgoing.add("ada", "three");
    await pass();
    expect(page.outgoing.snapshot()[0]?.state).toEqual({ kind: "failed", failure: tooLong });
    expect(page.shown()).toEqual(["one failed", "two failed", "three sent"]);
    page.outgoing.retry(first.clientId);
    page.outgoing.discard(second.clientId);
    await pass();
    expect(page.shown()).toEqual(["one sent", "three sent"]);
    expect(page.sent.at(-1)?.clientId).toBe(first.clientId);
    expect(storage.length).toBe(0);
  });
});

describe("C4 a reload loses nothing", () => {
  test("what was not acknowledged is sent by the next page, in order and with the same client ids", async () => {
    const storage = createMemoryStorage();
    const before = openPage(storage, "lost");
    // A browser lists the keys of a storage in any order.
    const shuffled: StoragePort = {
      ...storage,
      length: 3,
      key: (index) => storage.key(2 - index),
    };
    const typed = ["one", "two", "three"].map((text) => before.outgoing.add("ada", text));
    before.outgoing.dispose();
    const afterwards = openPage(shuffled);
    afterwards.outgoing.resume();
    await pass();
    expect(afterwards.sent.map((item) => item.clientId)).toEqual(typed.map((item) => item.clientId));
    expect(storage.length).toBe(0);
  });

  test("a failed item is still there, with its reason", async () => {
    const storage = createMemoryStorage();
    const before = openPage(storage);
    before.answers.push(() => Promise.reject(new RequestFailed(tooLong)));
    before.outgoing.add("ada", "one");
    await pass();
    const afterwards = openPage(storage);
    afterwards.outgoing.resume();
    await pass();
    expect(afterwards.outgoing.snapshot()[0]?.state).toEqual({ kind: "failed", failure: tooLong });
    expect(afterwards.texts()).toEqual([]);
  });

  test("damaged values are dropped and those of others are left alone", () => {
    const storage = createMemoryStorage();
    storage.setItem("test.1", "{");
    storage.setItem("test.2", JSON.stringify({ clientId: "no", text: 7 }));
    storage.setItem("somebody.else", "{");
    expect(openPage(storage).shown()).toEqual([]);
    expect(storage.length).toBe(1);
  });

  test("a storage that throws costs nothing but the reload", async () => {
    const refuse = () => {
      throw new Error("SecurityError");
    };
    const storage: StoragePort = {
      getItem: refuse,
      setItem: refuse,
      removeItem: refuse,
      key: refuse,
      get length(): number {
        return refuse();
      },
    };
    const page = openPage(storage);
    page.outgoing.add("ada", "one");
    await pass();
    expect(page.shown()).toEqual(["one sent"]);
  });
});

describe("C4 two tabs with one storage", () => {
  test("lose nothing of each other", () => {
    const storage = createMemoryStorage();
    const left = openPage(storage, "lost");
    const right = openPage(storage, "lost");
    left.outgoing.add("ada", "from the left");
    right.outgoing.add("ada", "from the right");
    expect(openPage(storage, "lost").shown().sort()).toEqual([
      "from the left sending",
      "from the right sending",
    ]);
  });

  test("do not send what the other has sent or discarded meanwhile", async () => {
    const storage = createMemoryStorage();
    const left = openPage(storage, "lost");
    left.outgoing.add("ada", "one");
    const right = openPage(storage, "lost");
    left.line.state = "open";
    left.outgoing.resume();
    await pass();
    right.line.state = "open";
    right.outgoing.resume();
    await pass();
    expect(left.texts()).toEqual(["one"]);
    expect(right.texts()).toEqual([]);
    expect(right.shown()).toEqual([]);
  });
});
