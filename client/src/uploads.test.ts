import type { Attachment } from "@grata/contract/files";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ConnectionLost, ForeignAnswer, RequestFailed } from "./failures.ts";
import { createOutgoing, type OutgoingItem } from "./outgoing.ts";
import { createMemoryStorage, type StoragePort } from "./storage.ts";
import { type BlobKeeper, createUploads } from "./uploads.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A keeper whose things last as long as this map, as the browser's database does through a reload. */
function keeperIn(kept: Map<string, Blob>): BlobKeeper {
  return {
    keep: (id, blob) => void kept.set(id, blob),
    find: async (id) => kept.get(id),
    remove: (id) => void kept.delete(id),
    clear: async () => kept.clear(),
  };
}

const attachmentOf = ({ file }: OutgoingItem): Attachment => ({
  kind: "file",
  id: file?.id ?? "",
  name: file?.name ?? "",
  mediaType: "text/plain",
  bytes: 2,
});

/** A page with a queue and its uploads. `answers` are used up in order; then everything succeeds. */
function openPage(storage: StoragePort, kept: Map<string, Blob>) {
  const sent: OutgoingItem[] = [];
  const puts: { id: string; signal: AbortSignal }[] = [];
  const answers: (() => Promise<never>)[] = [];
  const outgoing = createOutgoing({
    line: { state: "open" },
    storage,
    prefix: "test.",
    send: async (item) => sent.push(item),
  });
  const uploads = createUploads({
    line: { state: "open" },
    outgoing,
    keeper: keeperIn(kept),
    async put(item, _blob, onProgress, signal) {
      puts.push({ id: item.file.id, signal });
      onProgress(0.5);
      await answers.shift()?.();
      return attachmentOf(item);
    },
    words: (why, status) => `${why} ${status}`,
  });
  const shown = () => outgoing.snapshot().map(({ text, state }) => `${text} ${state.kind}`);
  return { outgoing, uploads, sent, puts, answers, shown };
}

const pass = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds);
const never = () => new Promise<never>(() => {});
const lost = () => Promise.reject(new ConnectionLost("disconnected"));
const notes = (name = "notes.txt") => new File(["Hi"], name, { type: "text/plain" });
const mismatched = { code: "file_mismatched", message: "It is something else." } as const;

describe("C4: a file in the queue", () => {
  test("is uploaded, then its message is sent once, and nothing of it stays", async () => {
    const kept = new Map<string, Blob>();
    const page = openPage(createMemoryStorage(), kept);
    page.uploads.add("ada", "look", notes());
    expect(page.shown()).toEqual(["look uploading"]);
    await pass();
    expect(page.shown()).toEqual(["look sent"]);
    expect(page.sent.map(({ file }) => file?.uploaded?.id)).toEqual([page.puts[0]?.id]);
    page.outgoing.settle(page.sent);
    expect([kept.size, page.uploads.progress.snapshot().size]).toEqual([0, 0]);
  });

  test("does not hold up what is written behind it", async () => {
    const page = openPage(createMemoryStorage(), new Map());
    page.answers.push(never);
    page.uploads.add("ada", "large", notes());
    page.outgoing.add("ada", "quick");
    await pass();
    expect(page.shown()).toEqual(["large uploading", "quick sent"]);
    expect([...page.uploads.progress.snapshot().values()]).toEqual([0.5]);
  });

  test("is tried again under the same id after a lost line, at once when it is back", async () => {
    const page = openPage(createMemoryStorage(), new Map());
    page.answers.push(lost, lost);
    page.uploads.add("ada", "look", notes());
    await pass();
    expect(page.puts).toHaveLength(1);
    page.uploads.resume();
    await pass();
    expect(page.puts).toHaveLength(2);
    await pass(60_000);
    expect(page.sent).toHaveLength(1);
    expect(new Set(page.puts.map(({ id }) => id)).size).toBe(1);
  });

  test("goes on after a reload; where the browser kept nothing, it says so", async () => {
    for (const [kept, state] of [
      [new Map<string, Blob>(), "look sent"],
      [null, "look failed"],
    ] as const) {
      const storage = createMemoryStorage();
      const first = openPage(storage, kept ?? new Map());
      first.answers.push(never);
      first.uploads.add("ada", "look", notes());
      await pass();
      first.uploads.dispose();
      first.outgoing.dispose();
      expect(first.puts[0]?.signal.aborted).toBe(true);
      const second = openPage(storage, kept ?? new Map());
      await pass();
      expect(second.shown()).toEqual([state]);
    }
  });

  test("that is cancelled is cut off, and never sent", async () => {
    const kept = new Map<string, Blob>();
    const page = openPage(createMemoryStorage(), kept);
    page.answers.push(never);
    page.uploads.add("ada", "look", notes());
    await pass();
    page.outgoing.discard(page.outgoing.snapshot()[0]?.clientId ?? "");
    await pass();
    expect([page.puts[0]?.signal.aborted, page.shown(), page.sent, kept.size]).toEqual([true, [], [], 0]);
  });

  test("that is refused says why, and may be tried again", async () => {
    const page = openPage(createMemoryStorage(), new Map());
    page.answers.push(() => Promise.reject(new RequestFailed(mismatched)));
    page.uploads.add("ada", "look", notes());
    await pass();
    expect(page.outgoing.snapshot()[0]?.state).toEqual({ kind: "failed", failure: mismatched });
    page.outgoing.retry(page.outgoing.snapshot()[0]?.clientId ?? "");
    await pass();
    expect(page.shown()).toEqual(["look sent"]);
  });

  test.each([
    ["is too large for a proxy", 413, 1, "tooLarge 413"],
    ["is refused by a firewall", 403, 1, "refused 403"],
    ["meets a proxy without its server", 502, 3, "refused 502"],
    ["is answered with a page", 200, 3, "refused 200"],
  ])(
    "that %s is given up with a sentence; retried by hand it goes out",
    async (_, status, tries, message) => {
      const page = openPage(createMemoryStorage(), new Map());
      page.answers.push(...Array(tries).fill(() => Promise.reject(new ForeignAnswer(status))));
      page.uploads.add("ada", "look", notes());
      page.outgoing.add("ada", "quick");
      await pass(30_000);
      // A line that comes and goes gives it no new tries.
      page.uploads.resume();
      await pass(600_000);
      expect(page.puts).toHaveLength(tries);
      expect(page.shown()).toEqual(["look failed", "quick sent"]);
      expect(page.outgoing.snapshot()[0]?.state).toMatchObject({ failure: { message } });
      page.outgoing.retry(page.outgoing.snapshot()[0]?.clientId ?? "");
      await pass();
      expect(page.shown()).toEqual(["look sent", "quick sent"]);
    },
  );

  test("over which the server stumbles is given up after three tries, with its sentence", async () => {
    const page = openPage(createMemoryStorage(), new Map());
    const failure = { code: "internal", message: "Something went wrong.", retryAfter: 1 } as const;
    page.answers.push(...Array(9).fill(() => Promise.reject(new RequestFailed(failure))));
    page.uploads.add("ada", "look", notes());
    await pass(600_000);
    expect(page.puts).toHaveLength(3);
    expect(page.outgoing.snapshot()[0]?.state).toEqual({ kind: "failed", failure });
  });

  test("an upload that the server puts off goes on waiting", async () => {
    const page = openPage(createMemoryStorage(), new Map());
    const failure = { code: "too_many_requests", message: "Wait.", retryAfter: 60 } as const;
    page.answers.push(...Array(5).fill(() => Promise.reject(new RequestFailed(failure))));
    page.uploads.add("ada", "look", notes());
    await pass(59_000);
    expect(page.puts).toHaveLength(1);
    await pass(600_000);
    expect(page.shown()).toEqual(["look sent"]);
  });

  test("an upload that breaks off again and again on an open line is given up; a lost line explains it", async () => {
    const page = openPage(createMemoryStorage(), new Map());
    page.answers.push(...Array(9).fill(lost));
    page.uploads.add("ada", "look", notes());
    await pass();
    page.uploads.resume();
    await pass(600_000);
    expect(page.puts).toHaveLength(5);
    expect(page.outgoing.snapshot()[0]?.state).toMatchObject({ failure: { message: "brokenOff 0" } });
  });

  test("an upload that was given up stays so after a reload, with both ways out", async () => {
    const kept = new Map<string, Blob>();
    const storage = createMemoryStorage();
    const first = openPage(storage, kept);
    first.answers.push(() => Promise.reject(new ForeignAnswer(413)));
    for (const name of ["one", "two"]) {
      first.uploads.add("ada", name, notes());
      await pass();
      first.answers.push(() => Promise.reject(new ForeignAnswer(413)));
    }
    first.uploads.dispose();
    first.outgoing.dispose();
    const second = openPage(storage, kept);
    await pass(600_000);
    expect([second.shown(), second.puts]).toEqual([["one failed", "two failed"], []]);
    const [one, two] = second.outgoing.snapshot();
    second.outgoing.retry(one?.clientId ?? "");
    second.outgoing.discard(two?.clientId ?? "");
    await pass();
    expect([second.shown(), kept.size]).toEqual([["one sent"], 1]);
  });

  test("has a name that the server takes, whatever its own", async () => {
    const page = openPage(createMemoryStorage(), new Map());
    page.uploads.add("ada", "one", notes("in\u202Evoice\u0000.txt"));
    page.uploads.add("ada", "two", notes(`${"x".repeat(400)}.txt`));
    const names = page.outgoing.snapshot().map(({ file }) => file?.name ?? "");
    expect(names[0]).toBe("invoice.txt");
    expect([names[1]?.length, names[1]?.endsWith(".txt")]).toEqual([255, true]);
  });
});
