import { createMemoryStorage } from "@grata/client/storage";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { chat, settle, startLiveSession, userId } from "./testing/live-session.ts";
import { currentChat, message } from "./testing/samples.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("C4: a live session", () => {
  test("introduces itself in the reader's language", () => {
    expect(startLiveSession().server.handshake()).toMatchObject({ as: "user", language: "zh-Hant" });
  });

  test("loads both lists when the line opens, and again when it opens anew", async () => {
    const { live, server } = startLiveSession();
    server.enter("open");
    await settle();
    expect(live.waiting.snapshot().items.map(({ id }) => id)).toEqual(["waiting"]);
    expect(live.current.snapshot().items.map(({ id }) => id)).toEqual([chat]);
    server.enter("lost");
    server.enter("open");
    await settle();
    expect(server.countOf("current.list")).toBe(2);
    expect(live.report.snapshot().state).toBe("open");
  });

  test("lets a chat that somebody else claimed go at once", async () => {
    const { live, server } = startLiveSession();
    server.enter("open");
    await settle();
    server.tell({ type: "waiting.changed", version: 2, total: 0, changed: [], removed: ["waiting"] });
    expect(live.waiting.snapshot()).toMatchObject({ items: [], total: 0 });
  });

  test("shows a message of an open log as soon as it is told", async () => {
    const { live, server } = startLiveSession();
    server.enter("open");
    const log = live.logs.open(chat);
    await settle();
    server.tell({ type: "entries", conversationId: chat, entries: [message(2)] });
    expect(log.snapshot().entries.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  test("C4: clears what is unread when another tab of the same user has read it, and only there", async () => {
    const { live, server } = startLiveSession();
    server.enter("open");
    await settle();
    const unread = () => live.current.snapshot().items.map((item) => item.unread);
    expect(unread()).toEqual([1]);
    server.tell({ type: "read", conversationId: "somewhere else", seq: 9 });
    expect(unread()).toEqual([1]);
    server.tell({ type: "read", conversationId: chat, seq: 1 });
    expect(unread()).toEqual([0]);
    server.tell({ type: "entries", conversationId: chat, entries: [message(2)] });
    expect(unread()).toEqual([1]);
  });

  test("C11: forgets that a customer is writing when what they wrote is there", async () => {
    const { live, server } = startLiveSession();
    server.enter("open");
    await settle();
    server.tell({ type: "typing", conversationId: chat, by: "user", typing: true });
    expect(live.typing.snapshot().has(chat)).toBe(false);
    server.tell({ type: "typing", conversationId: chat, by: "customer", typing: true });
    expect(live.typing.snapshot().has(chat)).toBe(true);
    server.tell({ type: "entries", conversationId: chat, entries: [message(2)] });
    expect(live.typing.snapshot().has(chat)).toBe(false);
  });

  test("asks for a list whose steps were lost on the way", async () => {
    const { server } = startLiveSession();
    server.enter("open");
    await settle();
    server.tell({ type: "versions", waiting: 5 });
    await settle();
    server.tell({ type: "versions", current: 5 });
    // A list waits up to a second for steps that are only late.
    await vi.advanceTimersByTimeAsync(1_000);
    expect([server.countOf("waiting.list"), server.countOf("current.list")]).not.toContain(1);
  });

  test("asks for what it sent where an older server answers without the entry", async () => {
    const { live, server, entries } = startLiveSession({
      "message.send": ({ clientId }) => {
        entries.push(message(entries.length + 1, { clientId }));
        return { seq: entries.length, at: 2000 };
      },
    });
    server.enter("open");
    const log = live.logs.open(chat);
    await settle();
    live.outgoing.add(chat, "typed");
    await settle();
    expect(log.snapshot().entries.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(live.outgoing.snapshot()).toEqual([]);
  });

  test("hears by the list's head what a log has missed", async () => {
    const { live, server, entries } = startLiveSession();
    server.enter("open");
    const log = live.logs.open(chat);
    await settle();
    entries.push(message(2));
    const changed = [currentChat(chat, { head: 2 })];
    server.tell({ type: "current.changed", version: 2, changed, removed: [] });
    await settle();
    expect(log.snapshot().entries.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  test("does not ask for the log of a chat that nobody looks at", async () => {
    const { server } = startLiveSession();
    server.enter("open");
    await settle();
    server.tell({ type: "entries", conversationId: chat, entries: [message(2)] });
    server.tell({ type: "heads", heads: [{ conversationId: chat, head: 2 }] });
    await settle();
    expect(server.countOf("entries.before") + server.countOf("entries.after")).toBe(0);
  });

  test("sends what was typed without a connection once it is back, and shows it once", async () => {
    const { live, server } = startLiveSession();
    server.enter("open");
    const log = live.logs.open(chat);
    await settle();
    server.enter("lost");
    live.outgoing.add(chat, "typed offline");
    await settle();
    expect(server.countOf("message.send")).toBe(0);
    server.enter("open");
    await settle();
    expect(server.countOf("message.send")).toBe(1);
    server.tell({ type: "heads", heads: [{ conversationId: chat, head: 2 }] });
    await settle();
    expect(log.snapshot().entries).toHaveLength(2);
    expect(live.outgoing.snapshot()).toEqual([]);
  });

  test("shows a message of its own from the answer: the server tells it only to others", async () => {
    const { live, server } = startLiveSession();
    server.enter("open");
    const log = live.logs.open(chat);
    await settle();
    live.outgoing.add(chat, "hello");
    await settle();
    expect(log.snapshot().entries.at(-1)).toMatchObject({
      seq: 2,
      occurrence: { text: "hello" },
      author: { kind: "user", name: "Mei", userId },
    });
    expect(live.current.find(chat)).toMatchObject({
      head: 2,
      last: { text: "hello" },
      unansweredSince: null,
    });
    expect(live.outgoing.snapshot()).toEqual([]);
    expect(server.countOf("entries.after")).toBe(0);
  });

  test("shows in the list what is said in a chat that nobody looks at", async () => {
    const { live, server } = startLiveSession();
    server.enter("open");
    await settle();
    server.tell({ type: "entries", conversationId: chat, entries: [message(2)] });
    expect(live.current.find(chat)).toMatchObject({ unread: 2, last: { text: "message 2" } });
  });

  test("shows in the list what an open log has caught up with", async () => {
    const { live, server, entries } = startLiveSession();
    server.enter("open");
    live.logs.open(chat);
    await settle();
    entries.push(message(2));
    server.tell({ type: "heads", heads: [{ conversationId: chat, head: 2 }] });
    await settle();
    expect(live.current.find(chat)).toMatchObject({ head: 2, last: { text: "message 2" } });
    expect(server.countOf("current.list")).toBe(1);
  });

  test("counts a chat as read as soon as the agent sees it", async () => {
    const { live, server } = startLiveSession();
    server.enter("open");
    await settle();
    live.readMarks.see(chat, 1);
    expect(live.current.find(chat)?.unread).toBe(0);
  });

  test("forgets a sent message whose log is not held", async () => {
    const { live, server } = startLiveSession();
    server.enter("open");
    await settle();
    live.outgoing.add(chat, "goodbye");
    await settle();
    expect(live.outgoing.snapshot()).toEqual([]);
    expect(live.current.find(chat)?.last.text).toBe("goodbye");
  });

  test("asks for the list when more was said in a chat than it was told", async () => {
    const { live, server, entries } = startLiveSession();
    server.enter("open");
    await settle();
    entries.push(message(2));
    server.tell({ type: "heads", heads: [{ conversationId: chat, head: 2 }] });
    await vi.advanceTimersByTimeAsync(500);
    expect(live.current.find(chat)?.head).toBe(2);
    expect(server.countOf("entries.before")).toBe(0);
  });

  test("sends after a crash what an earlier page left behind", async () => {
    const storage = createMemoryStorage();
    startLiveSession({}, storage).live.outgoing.add(chat, "typed before the crash");
    const { server } = startLiveSession({}, storage);
    server.enter("open");
    await settle();
    expect(server.lastInput("message.send")).toMatchObject({ text: "typed before the crash" });
  });
});
