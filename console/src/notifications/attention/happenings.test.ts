import { createStore, type Store } from "@grata/client/store";
import type { ListSnapshot } from "@grata/client/versioned-list";
import type { CurrentConversation, WaitingConversation } from "@grata/contract/conversations";
import { beforeEach, expect, test } from "vitest";
import type { Told } from "../../live/receive-news.ts";
import { currentChat, waitingChat } from "../../live/testing/samples.ts";
import { type Happening, watchHappenings } from "./happenings.ts";

function list<Item>(): ReturnType<typeof createStore<ListSnapshot<Item>>> {
  return createStore<ListSnapshot<Item>>({ items: [], total: 0, version: 0, state: { kind: "loading" } });
}

let waiting = list<WaitingConversation>();
let current = list<CurrentConversation>();
let told: Happening[] = [];
let news: Store<Told | null>;
let stop: () => void;

const wait = (items: WaitingConversation[], total = items.length, more?: "after" | "before") =>
  waiting.set({ items, total, ...(more && { more }), version: 1, state: { kind: "ready" } });
const serve = (items: CurrentConversation[]) =>
  current.set({ items, total: items.length, version: 1, state: { kind: "ready" } });
const customer = (id: string, since: number) => waitingChat(id, { waitingSince: since });
const said = (text: string, at: number, author: "customer" | "user" = "customer") => ({ text, author, at });

beforeEach(() => {
  waiting = list();
  current = list();
  told = [];
  news = createStore<Told | null>(null);
  stop = watchHappenings({ waiting, current, told: news }, (happening) => told.push(happening));
});

test("C2: who waits already when the console opens is no news; who joins later is, once", () => {
  wait([customer("a", 1)]);
  expect(told).toEqual([]);
  wait([customer("a", 1), customer("b", 2)]);
  wait([customer("a", 1), customer("b", 2)]);
  expect(told).toEqual([{ kind: "waiting", customer: expect.objectContaining({ id: "b" }) }]);
});

test("C2: the end of a long wait list that comes into sight is no news; somebody who joins behind it is", () => {
  wait([customer("a", 1), customer("b", 2)], 5, "after");
  wait([customer("b", 2), customer("early", 1.5)], 4, "after");
  wait([customer("b", 2), customer("c", 3), customer("d", 4)], 4, "after");
  expect(told).toEqual([]);
  wait([customer("b", 2), customer("c", 3), customer("d", 4)], 5, "after");
  expect(told).toEqual([{ kind: "waiting", customer: undefined }]);
  wait([customer("b", 2), customer("c", 3), customer("d", 4), customer("e", 5), customer("f", 6)]);
  expect(told).toHaveLength(1);
});

test("C2: a customer who joins a turned long list rings; lines that only come into sight do not", () => {
  wait([customer("c", 3), customer("d", 4)], 4, "before");
  wait([customer("b", 2), customer("c", 3), customer("d", 4)], 4, "before");
  expect(told).toEqual([]);
  wait([customer("b", 2), customer("c", 3), customer("d", 4), customer("e", 5)], 5, "before");
  expect(told).toEqual([{ kind: "waiting", customer: expect.objectContaining({ id: "e" }) }]);
});

test("C6: a customer's message in one's own chats is news; a claim, a reply and a chat that was just taken are not", () => {
  const chat = currentChat("a", { head: 1, last: said("hello", 1) });
  serve([chat]);
  serve([{ ...chat, head: 2 }]);
  serve([{ ...chat, head: 3, last: said("yes?", 2, "user") }]);
  serve([{ ...chat, head: 3, last: said("yes?", 2, "user") }, currentChat("b", { head: 4 })]);
  expect(told).toEqual([]);
  const asked = { ...chat, head: 4, last: said("is it blue?", 3) };
  serve([asked]);
  expect(told).toEqual([{ kind: "message", chat: asked }]);
});

test("C2: nothing is told any more after the end", () => {
  wait([]);
  stop();
  wait([customer("a", 1)]);
  expect(told).toEqual([]);
});

test("C10: each chat that is handed over and each note that mentions the agent is news, once", () => {
  const handed = { type: "handed", conversationId: "a", by: "Mei" } as const;
  const mentioned = { type: "mentioned", conversationId: "a", by: "Mei", text: "Look" } as const;
  news.set(handed);
  news.set(mentioned);
  expect(told).toEqual([
    { kind: "told", told: handed },
    { kind: "told", told: mentioned },
  ]);
});
