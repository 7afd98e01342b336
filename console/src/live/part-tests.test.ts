import { createFakeLine } from "@grata/client/testing/fake-line";
import { createCurrentList, createWaitingList } from "@grata/client/versioned-list";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { partTests } from "./part-tests.ts";
import { currentChat, waitingChat } from "./testing/samples.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function start() {
  const line = createFakeLine(({ type }) =>
    type === "waiting.list"
      ? { version: 1, total: 1, conversations: [waitingChat("real", { waitingSince: 2000 })] }
      : { version: 1, conversations: [currentChat("served")] },
  );
  const [waiting, current] = [createWaitingList(line), createCurrentList(line)];
  const { waits, served } = partTests(waiting, current);
  await vi.advanceTimersByTimeAsync(20);
  const idsOf = () => ({
    waits: waits.snapshot().items.map(({ id }) => id),
    total: waits.snapshot().total,
    served: served.snapshot().items.map(({ id }) => id),
  });
  return { waiting, current, waits, served, idsOf };
}

test("C7: a test stands among those who wait until it is claimed, and then among the user's own chats", async () => {
  const { current, waits, idsOf } = await start();
  const own = currentChat("test", { status: "waiting", claimedAt: null, unansweredSince: 1500, test: true });
  current.apply({ version: 2, changed: [own], removed: [] });
  expect(idsOf()).toEqual({ waits: ["test", "real"], total: 2, served: ["served"] });
  expect(waits.snapshot().items[0]).toMatchObject({ test: true, waitingSince: 1500, first: own.last });
  current.apply({ version: 3, changed: [{ ...own, status: "claimed", claimedAt: 3000 }], removed: [] });
  expect(idsOf()).toEqual({ waits: ["real"], total: 1, served: ["served", "test"] });
});

test("C7: without a test the wait list is the server's own, and says nothing when only one's chats change", async () => {
  const { waiting, current, waits } = await start();
  let told = 0;
  waits.subscribe(() => {
    told += 1;
  });
  current.apply({ version: 2, changed: [currentChat("another")], removed: [] });
  expect(told).toBe(0);
  waiting.apply({ version: 2, total: 0, changed: [], removed: ["real"] });
  expect(told).toBe(1);
  expect(waits.snapshot()).toBe(waiting.snapshot());
});
