import { describe, expect, test } from "vitest";
import { createChatActivity } from "./chat-activity.ts";
import { currentChat, message } from "./testing/samples.ts";

const ours = (seq: number) => message(seq, { author: { kind: "user", name: "Mei", userId: "me" } });
const start = (part = {}) =>
  createChatActivity(currentChat("chat", { head: 2, read: 1, unread: 1, ...part }));

describe("C4: a chat in the list", () => {
  test("shows the last words, and what is unread, as soon as they arrive", () => {
    const activity = start();
    activity.take([message(3, { at: 5000 })]);
    expect(activity.line()).toMatchObject({
      head: 3,
      unread: 2,
      last: { text: "message 3", author: "customer", at: 5000 },
    });
  });

  test("waits for a reply since the first message that nobody answered", () => {
    const activity = start({ unansweredSince: null });
    activity.take([message(3, { at: 3000 }), message(4, { at: 4000 })]);
    expect(activity.line().unansweredSince).toBe(3000);
    activity.take([ours(5)]);
    expect(activity.line()).toMatchObject({ unansweredSince: null, last: { author: "user" } });
  });

  test("keeps its words when something happens that is no message", () => {
    const activity = start();
    activity.take([message(3, { occurrence: { kind: "claimed" } })]);
    expect(activity.line()).toMatchObject({ head: 3, unread: 1, last: { text: "hello" } });
  });

  test("is told once of what arrives twice or in the wrong order", () => {
    const activity = start();
    activity.take([message(4)]);
    expect([activity.line().head, activity.isBehind()]).toEqual([2, true]);
    activity.take([message(3), message(4)]);
    activity.take([message(3)]);
    expect([activity.line().head, activity.line().unread, activity.isBehind()]).toEqual([4, 3, false]);
  });

  test("is behind when more is known to exist than arrived", () => {
    const activity = start();
    activity.noteHead(2);
    expect(activity.isBehind()).toBe(false);
    activity.noteHead(3);
    expect(activity.isBehind()).toBe(true);
  });

  test("has nothing unread when it was read, and counts what comes after", () => {
    const activity = start();
    activity.noteRead(2);
    expect(activity.line().unread).toBe(0);
    activity.take([message(3), ours(4), message(5)]);
    expect(activity.line().unread).toBe(2);
    activity.noteRead(3);
    expect(activity.line().unread).toBe(1);
  });

  test("is the same object until something about it changes", () => {
    const activity = start();
    const before = activity.line();
    activity.noteRead(1);
    activity.noteHead(9);
    activity.take([message(2)]);
    expect(activity.line()).toBe(before);
  });
});

describe("C4: a newer line of the server", () => {
  test("replaces what was put together here", () => {
    const activity = start();
    activity.take([message(4)]);
    activity.rebase(currentChat("chat", { head: 4, read: 1, unread: 3 }));
    expect([activity.line().head, activity.line().unread, activity.isBehind()]).toEqual([4, 3, false]);
  });

  test("that is older than what arrived meanwhile takes nothing back", () => {
    const activity = start();
    activity.take([message(3), message(4)]);
    activity.noteRead(4);
    activity.rebase(currentChat("chat", { head: 3, read: 1, unread: 2 }));
    expect(activity.line()).toMatchObject({ head: 4, unread: 0, last: { text: "message 4" } });
  });
});
