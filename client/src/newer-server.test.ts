import type { CustomerEntry, TeamEntry } from "@grata/contract/entries";
import type { Failure } from "@grata/contract/errors";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createConversationLog, isCustomerEntry, isTeamEntry } from "./conversation-log.ts";
import { RequestFailed, retryDelay } from "./failures.ts";
import * as light from "./light/wire.ts";
import { createFakeLine } from "./testing/fake-line.ts";
import * as full from "./wire.ts";

/** A server of a later release tells of what this client has never heard of. */
const id = "01a20109-b7f7-77c6-959c-965aaeed37fe";
const author = { kind: "user", name: "Mei" };
const customerEntry = (seq: number, occurrence: unknown) => ({
  seq,
  occurrence,
  author,
  clientId: null,
  at: seq,
});
const teamEntry = (seq: number, occurrence: unknown, delivery = "none") => ({
  ...customerEntry(seq, occurrence),
  author: { ...author, userId: id },
  audience: "everybody",
  delivery,
});
const said = { kind: "message", text: "Hello" };
const poll = { kind: "poll", question: "Tea?", answers: ["yes", "no"] };
const video = { kind: "message", text: "", file: { kind: "video", id, name: "a", mediaType: "b", bytes: 1 } };
const other = { kind: "other" };

type WireEntry = TeamEntry | CustomerEntry;
type Accepts = (entry: WireEntry) => entry is WireEntry;

const wires = { "the console's schemas": full, "the window's guards": light };

describe.each(Object.keys(wires) as (keyof typeof wires)[])("C4, H1: by %s", (name) => {
  const wire = wires[name];
  const read = (entries: unknown[]) => wire.readNews({ type: "entries", conversationId: id, entries });

  test("an entry of an unknown kind, or with an unknown kind of file, is read as other and keeps its number", () => {
    const entries = [said, poll, video, { kind: "closed" }].map((one, place) =>
      customerEntry(place + 1, one),
    );
    const known = [said, other, other, { kind: "closed" }].map((one, place) => customerEntry(place + 1, one));
    expect(read(entries)).toEqual({ type: "entries", conversationId: id, entries: known });
    const page = { ok: true, value: { head: 4, entries } };
    expect(wire.readAnswer("entries.before", page)).toEqual({ head: 4, entries: known });
    const conversation = { id, status: "waiting", head: 1, read: 0 };
    const opened = { ok: true, value: { conversation, entry: customerEntry(1, poll) } };
    expect(wire.readAnswer("conversation.open", opened)).toEqual({
      conversation,
      entry: customerEntry(1, other),
    });
  });

  test("a failure with an unknown code is read as other, with its sentence, wherever it comes from", () => {
    const error = { code: "moon_too_full", message: "Wait for the new moon.", retryAfter: 3 };
    const known = { ...error, code: "other" };
    expect(wire.readFailure(error)).toEqual(known);
    const answer = () => wire.readAnswer("message.send", { ok: false, error });
    expect(answer).toThrow(new RequestFailed(known as Failure));
    expect(wire.readFailure({ code: "message_empty", message: "Write something." })?.code).toBe(
      "message_empty",
    );
  });

  test.each([
    { message: "no code" },
    { code: 404, message: "Not found" },
    { code: "NotFound", message: "Of a gateway" },
    { code: "moon_too_full" },
  ])("a failure that is not of our shape is none: %o", (error) => {
    expect(wire.readFailure(error)).toBeUndefined();
  });
});

describe("C4, H1: by the console's schemas", () => {
  test("an unknown state of delivery is read as other", () => {
    const told = { type: "entries", conversationId: id, entries: [teamEntry(1, said, "by_pigeon")] };
    expect(full.readNews(told)).toEqual({ ...told, entries: [teamEntry(1, said, "other")] });
  });

  test("a chat on an unknown kind of channel, whose last word carries an unknown kind of file, stays on its list", () => {
    const last = { text: "", file: { kind: "video", name: "clip" }, author: "customer", at: 1 };
    const capabilities = {
      ...{ reply: "by air", files: ["image", "feather"], voice: false, textLimit: 300 },
      ...{ replyWindow: null, answersByMail: false, ringed: true },
    };
    const conversation = {
      id,
      customer: { id, name: null, reference: "AB12", email: null, identified: false },
      channel: { id, kind: "pigeon", name: "Loft", capabilities },
      waitingSince: 1,
      first: last,
      last,
      source: { page: null, referrer: null },
    };
    const value = { version: 1, total: 1, conversations: [conversation] };
    const [listed] = full.readAnswer("waiting.list", { ok: true, value }).conversations;
    expect(listed?.channel).toMatchObject({ kind: "pigeon", name: "Loft" });
    expect(listed?.channel.capabilities).toMatchObject({ reply: "push", files: ["image", "other"] });
    expect(listed?.last.file).toEqual({ kind: "file", name: "clip" });
  });
});

describe("C4, H1: a log with entries of unknown kinds", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test.each([
    ["the team's", full, isTeamEntry, teamEntry],
    ["the customer's", light, isCustomerEntry, customerEntry],
  ] as const)("has no gap and asks for nothing again: %s", async (_whose, wire, accepts, entryOf) => {
    const stored = [said, poll, said].map((one, place) => entryOf(place + 1, one));
    const line = createFakeLine(({ type }) =>
      wire.readAnswer(type, { ok: true, value: { head: stored.length, entries: stored } }),
    );
    const log = createConversationLog<WireEntry>({ conversationId: id, line, accepts: accepts as Accepts });
    await vi.advanceTimersByTimeAsync(1_000);
    stored.push(entryOf(4, poll), entryOf(5, said));
    for (const entry of stored.slice(3)) {
      const news = wire.readNews({ type: "entries", conversationId: id, entries: [entry] });
      if (news?.type === "entries") log.apply(news.entries);
    }
    log.noteHead(5);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(log.snapshot().entries.map(({ seq, occurrence }) => [seq, occurrence.kind])).toEqual([
      [1, "message"],
      [2, "other"],
      [3, "message"],
      [4, "other"],
      [5, "message"],
    ]);
    expect(line.asked.map(({ type }) => type)).toEqual(["entries.before"]);
  });
});

test("C4: a request refused for an unknown reason is sent again only when the server says when", () => {
  const failure: Failure = { code: "other", message: "Wait for the new moon." };
  expect(retryDelay(new RequestFailed(failure), 0)).toBeUndefined();
  expect(retryDelay(new RequestFailed({ ...failure, retryAfter: 3 }), 0)).toBeGreaterThanOrEqual(3_000);
});
