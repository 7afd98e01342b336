import { createFakeLine } from "@grata/client/testing/fake-line";
import { createCurrentList } from "@grata/client/versioned-list";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createCurrentChats } from "./current-chats.ts";
import { currentChat } from "./testing/samples.ts";

const idsOf = (chats: ReturnType<typeof createCurrentChats>) => chats.snapshot().items.map(({ id }) => id);

async function start() {
  const line = createFakeLine(() => ({ version: 1, conversations: [currentChat("old")] }));
  const list = createCurrentList(line);
  const chats = createCurrentChats(list);
  await vi.advanceTimersByTimeAsync(20);
  return { list, chats };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a claimed chat is there before the list tells of it, and once after", async () => {
  const { list, chats } = await start();
  chats.expect(currentChat("new"));
  expect(idsOf(chats)).toEqual(["old", "new"]);
  expect(chats.snapshot().total).toBe(2);
  list.apply({ version: 2, changed: [currentChat("new", { claimedAt: 2000 })], removed: [] });
  expect(idsOf(chats)).toEqual(["old", "new"]);
});

test("a claimed chat whose step came first, and which was closed since, does not come back", async () => {
  const { list, chats } = await start();
  list.apply({ version: 2, changed: [currentChat("new")], removed: [] });
  chats.expect(currentChat("new"));
  list.apply({ version: 3, changed: [], removed: ["new"] });
  expect(idsOf(chats)).toEqual(["old"]);
});

test("a claimed chat of which the list never tells is not shown for ever", async () => {
  const { chats } = await start();
  chats.expect(currentChat("new"));
  await vi.advanceTimersByTimeAsync(11_000);
  expect(idsOf(chats)).toEqual(["old"]);
});

test("nothing is left running when it is disposed", async () => {
  const { list, chats } = await start();
  chats.expect(currentChat("new"));
  chats.dispose();
  list.dispose();
  expect(vi.getTimerCount()).toBe(0);
});
