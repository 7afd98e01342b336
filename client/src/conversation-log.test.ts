import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createConversationLog, isTeamEntry } from "./conversation-log.ts";
import { RequestFailed } from "./failures.ts";
import { createStoredLog, type StoredLog, teamEntries, teamEntry } from "./testing/stored-log.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function open(stored: StoredLog) {
  const log = createConversationLog({
    conversationId: "8f8c5a52-3b46-4f54-9e4c-0a3c4a8f4e11",
    line: stored.line,
    accepts: isTeamEntry,
  });
  const seqs = () => log.snapshot().entries.map((entry) => entry.seq);
  return { log, seqs, asked: () => stored.line.asked.map((asked) => asked.type) };
}

const settle = () => vi.advanceTimersByTimeAsync(1_000);
const range = (from: number, to: number) => teamEntries(from, to).map((entry) => entry.seq);

test("C4 begins with the newest page and loads older ones when asked", async () => {
  const { log, seqs } = open(createStoredLog(320));
  expect(log.snapshot().state).toEqual({ kind: "loading" });
  await settle();
  expect(log.snapshot()).toMatchObject({ state: { kind: "ready" }, older: "more", head: 320 });
  expect(seqs()).toEqual(range(271, 320));
  const loading = log.loadOlder();
  expect(log.snapshot().older).toBe("loading");
  await settle();
  await loading;
  expect(seqs()).toEqual(range(71, 320));
  void log.loadOlder();
  await settle();
  expect(seqs()).toEqual(range(1, 320));
  expect(log.snapshot().older).toBe("none");
});

test("C4: an empty conversation is ready and has nothing older", async () => {
  const { log, seqs } = open(createStoredLog(0));
  await settle();
  expect(log.snapshot()).toMatchObject({ state: { kind: "ready" }, older: "none" });
  log.apply([teamEntry(1)]);
  expect(seqs()).toEqual([1]);
});

test("C4 news are shown at once, in order, and each once", async () => {
  const stored = createStoredLog(3);
  const { log, seqs, asked } = open(stored);
  await settle();
  log.apply([teamEntry(5)]);
  expect(seqs()).toEqual([1, 2, 3]);
  log.apply([teamEntry(4)]);
  log.apply([teamEntry(4), teamEntry(2)]);
  expect(seqs()).toEqual([1, 2, 3, 4, 5]);
  await settle();
  expect(asked()).toEqual(["entries.before"]);
});

test("C4: a gap waits 50 ms and is then asked for once", async () => {
  const stored = createStoredLog(3);
  const { log, seqs, asked } = open(stored);
  await settle();
  stored.head = 7;
  log.apply([teamEntry(5)]);
  log.apply([teamEntry(7)]);
  await vi.advanceTimersByTimeAsync(49);
  expect(asked()).toEqual(["entries.before"]);
  await settle();
  expect(asked()).toEqual(["entries.before", "entries.after"]);
  expect(seqs()).toEqual(range(1, 7));
});

test("C4: a head that is not here is asked for, page by page", async () => {
  const stored = createStoredLog(3);
  const { log, seqs, asked } = open(stored);
  await settle();
  stored.head = 450;
  log.noteHead(450);
  await settle();
  expect(seqs()).toEqual(range(1, 450));
  expect(asked().filter((type) => type === "entries.after")).toHaveLength(3);
});

test("C4: after a reconnect everything missed is asked for", async () => {
  const stored = createStoredLog(3);
  const { log, seqs } = open(stored);
  await settle();
  stored.line.drop();
  stored.head = 9;
  log.noteHead(9);
  await settle();
  expect(seqs()).toEqual([1, 2, 3]);
  stored.line.state = "open";
  log.resync();
  log.resync();
  await settle();
  expect(seqs()).toEqual(range(1, 9));
});

test("C4: an error that may pass is retried while the line is open, with growing pauses", async () => {
  const stored = createStoredLog(3);
  stored.fail = () => new RequestFailed({ code: "unavailable", message: "One moment.", retryAfter: 2 });
  const { log, asked } = open(stored);
  await vi.advanceTimersByTimeAsync(1_900);
  expect(asked()).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked().length).toBeGreaterThan(2);
  expect(asked().length).toBeLessThan(8);
  stored.line.drop();
  const before = asked().length;
  await vi.advanceTimersByTimeAsync(100_000);
  expect(asked()).toHaveLength(before);
  stored.fail = undefined;
  stored.line.state = "open";
  log.resync();
  await settle();
  expect(log.snapshot().state).toEqual({ kind: "ready" });
});

test("C4: a server that knows of entries before it can read them is asked again", async () => {
  const stored = createStoredLog(3);
  const { log, seqs } = open(stored);
  await settle();
  log.noteHead(4);
  await settle();
  stored.head = 4;
  // Longer than the pauses between two questions have grown by now.
  await vi.advanceTimersByTimeAsync(60_000);
  expect(seqs()).toEqual([1, 2, 3, 4]);
});

test("C4: a refusal is shown and not retried", async () => {
  const stored = createStoredLog(3);
  const failure = { code: "conversation_unknown", message: "There is no such chat." } as const;
  stored.fail = () => new RequestFailed(failure);
  const { log, asked } = open(stored);
  await vi.advanceTimersByTimeAsync(100_000);
  expect(log.snapshot().state).toEqual({ kind: "refused", failure });
  expect(asked()).toHaveLength(1);
});

test("C4: an older page that fails to load can be asked for again", async () => {
  const stored = createStoredLog(80);
  const { log, seqs } = open(stored);
  await settle();
  stored.fail = () => new RequestFailed({ code: "internal", message: "That is our fault." });
  void log.loadOlder();
  await settle();
  expect(log.snapshot().older).toBe("failed");
  stored.fail = undefined;
  void log.loadOlder();
  await settle();
  expect(seqs()).toEqual(range(1, 80));
});

test("C4: a disposed log asks nothing more", async () => {
  const stored = createStoredLog(3);
  const { log, asked } = open(stored);
  await settle();
  log.noteHead(5);
  log.dispose();
  log.resync();
  await settle();
  expect(asked()).toEqual(["entries.before"]);
});

const cleared = (seq: number) => ({ ...teamEntry(seq), occurrence: { kind: "cleared" as const } });
const kindsOf = ({ log }: ReturnType<typeof open>) =>
  log.snapshot().entries.map(({ occurrence }) => occurrence.kind);

test("F4: what was said before a log is cleared goes from it at once, also what comes late", async () => {
  const opened = open(createStoredLog(3));
  await settle();
  opened.log.apply([teamEntry(4), cleared(6)]);
  expect(kindsOf(opened)).toEqual(["erased", "erased", "erased", "erased"]);
  opened.log.apply([teamEntry(5)]);
  expect(kindsOf(opened)).toEqual(["erased", "erased", "erased", "erased", "erased", "cleared"]);
  expect(JSON.stringify(opened.log.snapshot())).not.toContain("text");
});

test("F4: an older page that was on its way when the log was cleared shows nothing of it either", async () => {
  const opened = open(createStoredLog(60));
  await settle();
  const loading = opened.log.loadOlder();
  opened.log.apply([cleared(61)]);
  await settle();
  await loading;
  expect(opened.seqs()).toEqual(range(1, 61));
  expect(new Set(kindsOf(opened).slice(0, -1))).toEqual(new Set(["erased"]));
});

test("F4: what is said elsewhere clears nothing, and a log without such an entry stays as it is", async () => {
  const opened = open(createStoredLog(3));
  await settle();
  const before = opened.log.snapshot().entries;
  opened.log.apply([teamEntry(2)]);
  expect(opened.log.snapshot().entries).toBe(before);
  expect(kindsOf(opened)).toEqual(["message", "message", "message"]);
});

test("F4: a log that is told that it was cleared lets go before it has asked, whatever the answer", async () => {
  const stored = createStoredLog(3);
  const opened = open(stored);
  await settle();
  stored.fail = () => new RequestFailed({ code: "conversation_unknown", message: "No." });
  opened.log.clear(5);
  expect(kindsOf(opened)).toEqual(["erased", "erased", "erased"]);
  await settle();
  expect(opened.log.snapshot().state.kind).toBe("refused");
  expect(JSON.stringify(opened.log.snapshot().entries)).not.toContain("message 1");
});
