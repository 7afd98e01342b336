import type { WaitingConversation } from "@grata/contract/conversations";
import type { TeamEntry } from "@grata/contract/entries";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createFakeLine } from "./testing/fake-line.ts";
import { createStoredWaitingList, waiting } from "./testing/stored-waiting-list.ts";
import { createWaitingChats } from "./waiting-chats.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(2_000);

type Stored = Record<string, { total?: number; conversations: WaitingConversation[] }>;

/** The wait lists of a server, of which everybody's names the others. */
async function start(stored: Stored) {
  const line = createFakeLine((request) => {
    const { queue } = request.input as { queue?: string };
    const { conversations, total } = stored[queue ?? ""] ?? { conversations: [] };
    const answer = { version: 1, total: total ?? conversations.length, conversations };
    return queue === undefined ? { ...answer, queues: Object.keys(stored).filter(Boolean) } : answer;
  });
  const chats = createWaitingChats(line, "me");
  await settle();
  const ids = () => chats.snapshot().items.map(({ id }) => id);
  return { line, chats, ids };
}

const said = (text: string, at: number, author: "customer" | "user" = "customer"): TeamEntry => ({
  seq: 2,
  occurrence: { kind: "message", text },
  author: { kind: author, name: null, userId: null },
  audience: "everybody",
  delivery: "none",
  clientId: null,
  at,
});

test("E2, C3: the lists of a user's queues are one list, longest waiting first, and count together", async () => {
  const { chats, ids } = await start({
    "": { conversations: [waiting(1), waiting(4)] },
    returns: { conversations: [waiting(2)] },
    me: { conversations: [waiting(3)] },
  });
  expect(ids()).toEqual([1, 2, 3, 4].map((number) => waiting(number).id));
  expect(chats.snapshot().total).toBe(4);
  expect(chats.snapshot().items.map(({ test }) => test ?? false)).toEqual([false, false, true, false]);
});

test("E2, C3: a step belongs to the list of its queue", async () => {
  const { chats, ids } = await start({
    "": { conversations: [waiting(1)] },
    returns: { conversations: [waiting(2)] },
  });
  chats.apply("returns", { version: 2, total: 2, changed: [waiting(3)], removed: [] });
  chats.apply("unknown", { version: 2, total: 9, changed: [waiting(9)], removed: [] });
  expect(ids()).toEqual([1, 2, 3].map((number) => waiting(number).id));
  chats.apply(undefined, { version: 2, total: 0, changed: [], removed: [waiting(1).id] });
  expect(ids()).toEqual([2, 3].map((number) => waiting(number).id));
});

test("E2, C2: the list is not ready before those of all queues are: who waits already has not just joined", async () => {
  const line = createFakeLine(({ input }) =>
    "queue" in (input as object)
      ? { version: 1, total: 1, conversations: [waiting(2)] }
      : { version: 1, total: 1, conversations: [waiting(1)], queues: ["returns"] },
  );
  const chats = createWaitingChats(line, "me");
  const states: [string, number][] = [];
  chats.subscribe(() => {
    const { state, total } = chats.snapshot();
    states.push([state.kind, total]);
  });
  await settle();
  expect(new Set(states.map((state) => state.join(" ")))).toEqual(new Set(["loading 1", "ready 2"]));
});

test("E2: a queue that the user does not see any more takes its customers with it", async () => {
  const stored: Stored = { "": { conversations: [waiting(1)] }, returns: { conversations: [waiting(2)] } };
  const { chats, ids } = await start(stored);
  delete stored.returns;
  chats.resync();
  await settle();
  expect(ids()).toEqual([waiting(1).id]);
});

test("C3: where a list was loaded in part, nobody is shown who waits shorter than its last line", async () => {
  const { ids, chats } = await start({
    "": { total: 9, conversations: [waiting(1), waiting(5)] },
    returns: { conversations: [waiting(2), waiting(8)] },
  });
  expect(ids()).toEqual([1, 2, 5].map((number) => waiting(number).id));
  expect(chats.snapshot().total).toBe(11);
});

test("C3: turned round, lists are loaded from their other end, and nobody is shown who waits longer than a last line", async () => {
  const everybody = createStoredWaitingList(2);
  const returns = createStoredWaitingList(2);
  for (const number of [1, 4, 7]) everybody.add(number);
  for (const number of [2, 5]) returns.add(number);
  const line = createFakeLine(({ type, input }) => {
    const { queue } = input as { queue?: string };
    const answer = (queue === undefined ? everybody : returns).answer({ type, input });
    return { ...answer, ...(queue === undefined && { queues: ["returns"] }) };
  });
  const chats = createWaitingChats(line, "me");
  const numbers = () => chats.snapshot().items.map(({ waitingSince }) => waitingSince);
  await settle();
  expect(numbers()).toEqual([1, 2, 4]);
  expect(chats.snapshot()).toMatchObject({ total: 5, more: "after" });
  chats.turn("newest");
  await settle();
  expect(numbers()).toEqual([4, 5, 7]);
  expect(chats.snapshot()).toMatchObject({ total: 5, more: "before" });
});

test("C3: a line follows what is said in its chat, whatever comes first, and is never taken back", async () => {
  const { chats } = await start({ "": { conversations: [waiting(1)] } });
  const last = () => chats.snapshot().items[0]?.last.text;
  chats.take(waiting(1).id, [said("Anybody?", 10)]);
  expect(last()).toBe("Anybody?");
  chats.noteWords(waiting(1).id, { text: "older", author: "customer", at: 5 });
  expect(last()).toBe("Anybody?");
  // The server's line was read before the words were stored.
  chats.apply(undefined, { version: 2, total: 1, changed: [waiting(1)], removed: [] });
  expect(last()).toBe("Anybody?");
  const newer = { ...waiting(1), last: { text: "newest", author: "customer", at: 20 } } as const;
  chats.apply(undefined, { version: 3, total: 1, changed: [newer], removed: [] });
  expect(last()).toBe("newest");
});
