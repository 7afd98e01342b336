import { createFakeLine } from "@grata/client/testing/fake-line";
import { createCurrentList } from "@grata/client/versioned-list";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createCurrentChats } from "./current-chats.ts";
import { currentChat, message } from "./testing/samples.ts";

const idsOf = (chats: ReturnType<typeof createCurrentChats>) => chats.snapshot().items.map(({ id }) => id);

async function start() {
  const stored = { head: 1 };
  const line = createFakeLine(() => ({
    version: 1,
    conversations: [currentChat("old", { head: stored.head, unread: stored.head })],
  }));
  const list = createCurrentList(line);
  const chats = createCurrentChats(list);
  await vi.advanceTimersByTimeAsync(20);
  return { stored, line, list, chats };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("C4: a claimed chat is there before the list tells of it, and once after", async () => {
  const { list, chats } = await start();
  chats.expect(currentChat("new"));
  expect(idsOf(chats)).toEqual(["old", "new"]);
  expect(chats.snapshot().total).toBe(2);
  list.apply({ version: 2, changed: [currentChat("new", { claimedAt: 2000 })], removed: [] });
  expect(idsOf(chats)).toEqual(["old", "new"]);
});

test("C4: a claimed chat whose step came first, and which was closed since, does not come back", async () => {
  const { list, chats } = await start();
  list.apply({ version: 2, changed: [currentChat("new")], removed: [] });
  chats.expect(currentChat("new"));
  list.apply({ version: 3, changed: [], removed: ["new"] });
  expect(idsOf(chats)).toEqual(["old"]);
});

test("C4: a claimed chat of which the list never tells is not shown for ever", async () => {
  const { chats } = await start();
  chats.expect(currentChat("new"));
  await vi.advanceTimersByTimeAsync(11_000);
  expect(idsOf(chats)).toEqual(["old"]);
});

test("C4: what was said is shown by its entry, and nobody is asked for it", async () => {
  const { line, chats } = await start();
  chats.take("old", [message(2)]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(chats.find("old")).toMatchObject({ head: 2, unread: 2, last: { text: "message 2" } });
  expect(line.asked).toHaveLength(1);
});

test("C4: the list is asked once for what was said and did not arrive", async () => {
  const { stored, line, chats } = await start();
  stored.head = 3;
  chats.noteHead("old", 2);
  chats.noteHead("old", 3);
  await vi.advanceTimersByTimeAsync(1000);
  expect(line.asked).toHaveLength(2);
  expect(chats.find("old")).toMatchObject({ head: 3, unread: 3 });
});

test("C4: the list is not asked for what arrives a little later by itself", async () => {
  const { line, chats } = await start();
  chats.noteHead("old", 2);
  await vi.advanceTimersByTimeAsync(100);
  chats.take("old", [message(2)]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(line.asked).toHaveLength(1);
});

test("C4: a chat that has left the list is forgotten, with all that was said in it", async () => {
  const { list, chats } = await start();
  chats.take("old", [message(2)]);
  list.apply({ version: 2, changed: [], removed: ["old"] });
  expect(chats.find("old")).toBeUndefined();
  list.apply({ version: 3, changed: [currentChat("old")], removed: [] });
  expect(chats.find("old")?.head).toBe(1);
});

test("C4: the other chats are the same objects when something is said in one", async () => {
  const { list, chats } = await start();
  list.apply({ version: 2, changed: [currentChat("second", { claimedAt: 2000 })], removed: [] });
  const before = chats.find("old");
  chats.take("second", [message(2)]);
  expect(chats.snapshot().items[0]).toBe(before);
  expect(chats.snapshot().items[1]?.head).toBe(2);
});

test("C4: what was said is shown by its entry, and nobody is asked for it", async () => {
  const { line, chats } = await start();
  chats.take("old", [message(2)]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(chats.find("old")).toMatchObject({ head: 2, unread: 2, last: { text: "message 2" } });
  expect(line.asked).toHaveLength(1);
});

test("C4: the list is asked once for what was said and did not arrive", async () => {
  const { line, chats } = await start();
  chats.noteHead("old", 2);
  chats.noteHead("old", 3);
  await vi.advanceTimersByTimeAsync(400);
  expect(line.asked).toHaveLength(2);
});

test("C4: the list is not asked for what arrives a little later by itself", async () => {
  const { line, chats } = await start();
  chats.noteHead("old", 2);
  await vi.advanceTimersByTimeAsync(100);
  chats.take("old", [message(2)]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(line.asked).toHaveLength(1);
});

test("C4: the other chats are the same objects when something is said in one", async () => {
  const { list, chats } = await start();
  list.apply({ version: 2, changed: [currentChat("second", { claimedAt: 2000 })], removed: [] });
  const before = chats.find("old");
  chats.take("second", [message(2)]);
  expect(chats.snapshot().items[0]).toBe(before);
  expect(chats.snapshot().items[1]?.head).toBe(2);
});

test("C4: nothing is left running when it is disposed", async () => {
  const { list, chats } = await start();
  chats.expect(currentChat("new"));
  chats.noteHead("old", 9);
  chats.dispose();
  list.dispose();
  expect(vi.getTimerCount()).toBe(0);
});
