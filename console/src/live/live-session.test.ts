import { RequestFailed } from "@grata/client/failures";
import { createMemoryStorage } from "@grata/client/storage";
import type { ErrorCode, Failure } from "@grata/contract/errors";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openLiveSession } from "./live-session.ts";
import { createFakeServer } from "./testing/fake-server.ts";
import { currentChat, message, waitingChat } from "./testing/samples.ts";
import { draftsPrefix, outgoingPrefix } from "./user-storage.ts";

const chat = "11111111-1111-4111-8111-111111111111";
const userId = "22222222-2222-4222-8222-222222222222";
const failure = (code: ErrorCode): Failure => ({ code, message: code });

function start(answers: Parameters<typeof createFakeServer>[0] = {}, storage = createMemoryStorage()) {
  const entries = [message(1)];
  const server = createFakeServer({
    "waiting.list": () => ({ version: 1, total: 1, conversations: [waitingChat("waiting")] }),
    "current.list": () => ({ version: 1, conversations: [currentChat(chat, { head: entries.length })] }),
    "entries.before": () => ({ head: entries.length, entries: [...entries] }),
    "entries.after": ({ after }) => ({ head: entries.length, entries: entries.slice(after) }),
    "message.send": ({ clientId }) => {
      entries.push(message(entries.length + 1, { clientId }));
      return { seq: entries.length, at: 2000 };
    },
    ...answers,
  });
  const onEnded = vi.fn();
  const live = openLiveSession({ userId, language: "zh-Hant", storage, connect: server.connect, onEnded });
  return { live, server, onEnded, storage, entries };
}

const settle = () => vi.advanceTimersByTimeAsync(200);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a live session", () => {
  test("introduces itself in the reader's language", () => {
    expect(start().server.handshake()).toMatchObject({ as: "user", language: "zh-Hant" });
  });

  test("loads both lists when the line opens, and again when it opens anew", async () => {
    const { live, server } = start();
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
    const { live, server } = start();
    server.enter("open");
    await settle();
    server.tell({ type: "waiting.changed", version: 2, total: 0, changed: [], removed: ["waiting"] });
    expect(live.waiting.snapshot()).toMatchObject({ items: [], total: 0 });
  });

  test("shows a message of an open log as soon as it is told", async () => {
    const { live, server } = start();
    server.enter("open");
    const log = live.logs.open(chat);
    await settle();
    server.tell({ type: "entries", conversationId: chat, entries: [message(2)] });
    expect(log.snapshot().entries.map(({ seq }) => seq)).toEqual([1, 2]);
  });

  test("asks for a list whose steps were lost on the way", async () => {
    const { server } = start();
    server.enter("open");
    await settle();
    server.tell({ type: "versions", waiting: 5 });
    await settle();
    server.tell({ type: "versions", current: 5 });
    await settle();
    expect([server.countOf("waiting.list"), server.countOf("current.list")]).not.toContain(1);
  });

  test("hears by the list's head what a log has missed", async () => {
    const { live, server, entries } = start();
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
    const { server } = start();
    server.enter("open");
    await settle();
    server.tell({ type: "entries", conversationId: chat, entries: [message(2)] });
    server.tell({ type: "heads", heads: [{ conversationId: chat, head: 2 }] });
    await settle();
    expect(server.countOf("entries.before") + server.countOf("entries.after")).toBe(0);
  });

  test("sends what was typed without a connection once it is back, and shows it once", async () => {
    const { live, server } = start();
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

  test("forgets a sent message whose log is not held", async () => {
    const { live, server } = start();
    server.enter("open");
    live.outgoing.add(chat, "hello");
    await settle();
    expect(live.outgoing.snapshot()).toEqual([]);
  });

  test("sends after a crash what an earlier page left behind", async () => {
    const storage = createMemoryStorage();
    start({}, storage).live.outgoing.add(chat, "typed before the crash");
    const { server } = start({}, storage);
    server.enter("open");
    await settle();
    expect(server.lastInput("message.send")).toMatchObject({ text: "typed before the crash" });
  });
});

describe("the end of a session", () => {
  test("is told once, whoever tells of it", async () => {
    const { server, onEnded } = start();
    server.tell({ type: "session.ended", reason: "signed_out" });
    server.enter("refused", failure("sign_in_required"));
    expect(onEnded.mock.calls).toEqual([["signed_out"]]);
  });

  test("is noticed when the line is refused for it, and not when it is refused for something else", () => {
    const { server, onEnded } = start();
    server.enter("refused", failure("forbidden"));
    expect(onEnded).not.toHaveBeenCalled();
    server.enter("refused", failure("sign_in_required"));
    expect(onEnded).toHaveBeenCalledWith("expired");
  });

  test("is noticed by the answer to any request", async () => {
    const { live, server, onEnded } = start({
      "conversation.claim": () => {
        throw new RequestFailed(failure("sign_in_required"));
      },
    });
    server.enter("open");
    const claim = expect(live.actions.claim(chat)).rejects.toThrow(RequestFailed);
    await settle();
    await claim;
    expect(onEnded).toHaveBeenCalledWith("expired");
  });
});

describe("signing out", () => {
  test("leaves nothing of this user behind, and another user's words where they are", async () => {
    const { live, server, storage, onEnded } = start();
    live.drafts.write(chat, "half a sentence");
    live.outgoing.add(chat, "unsent");
    const other = `${draftsPrefix("somebody-else")}${chat}`;
    storage.setItem(other, "theirs");
    await live.leave(async () => {
      server.tell({ type: "session.ended", reason: "signed_out" });
    });
    expect(Array.from({ length: storage.length }, (_, index) => storage.key(index))).toEqual([other]);
    expect(server.isClosed()).toBe(true);
    expect(onEnded).not.toHaveBeenCalled();
  });

  test("that fails changes nothing", async () => {
    const { live, server, storage, onEnded } = start();
    live.outgoing.add(chat, "unsent");
    await expect(live.leave(() => Promise.reject(new Error("no network")))).rejects.toThrow("no network");
    expect(storage.key(0)).toContain(outgoingPrefix(userId));
    expect(server.isClosed()).toBe(false);
    server.tell({ type: "session.ended", reason: "expired" });
    expect(onEnded).toHaveBeenCalledWith("expired");
  });
});
