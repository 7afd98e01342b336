import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  clearNotices,
  dismissNotice,
  holdNotices,
  notices,
  notify,
  renewNotice,
  settleNotice,
} from "./notices.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  holdNotices(false);
  clearNotices();
  vi.useRealTimers();
});

const undo = async () => "undone";
const sentences = () => notices.snapshot().map(({ sentence }) => sentence);
const offers = () => notices.snapshot().filter((notice) => notice.undo).length;
const idOf = (sentence: string) => notices.snapshot().find((notice) => notice.sentence === sentence)?.id ?? 0;

test("C8: an undo is offered for ten seconds", () => {
  notify("closed", undo);
  vi.advanceTimersByTime(9_999);
  expect(sentences()).toEqual(["closed"]);
  vi.advanceTimersByTime(1);
  expect(sentences()).toEqual([]);
});

test("C8: time stands still while somebody is on the notices, and leaves them a moment afterwards", () => {
  notify("closed", undo);
  vi.advanceTimersByTime(9_000);
  holdNotices(true);
  notify("meanwhile");
  vi.advanceTimersByTime(60_000);
  expect(sentences()).toEqual(["closed", "meanwhile"]);
  holdNotices(false);
  vi.advanceTimersByTime(2_999);
  expect(offers()).toBe(1);
  vi.advanceTimersByTime(1);
  expect(sentences()).toEqual(["meanwhile"]);
  vi.advanceTimersByTime(9_000);
  expect(sentences()).toEqual([]);
});

test("C8: however many closings are in a row, each can be taken back, though their customers share a name", () => {
  for (let count = 0; count < 6; count++) notify("closed", undo);
  for (const sentence of ["one", "two", "two", "three", "four"]) notify(sentence);
  expect(offers()).toBe(6);
  expect(sentences().slice(6)).toEqual(["two", "three", "four"]);
});

test("C8: what was taken back stays in its place as a sentence, and can be taken back no more", () => {
  notify("first", undo);
  notify("second", undo);
  settleNotice(idOf("first"), "undone");
  expect(sentences()).toEqual(["undone", "second"]);
  expect(offers()).toBe(1);
  vi.advanceTimersByTime(12_000);
  expect(sentences()).toEqual([]);
});

test("C8: an undo that failed may be tried for as long again, unless its notice is gone", () => {
  notify("closed", undo);
  const id = idOf("closed");
  vi.advanceTimersByTime(9_000);
  renewNotice(id);
  vi.advanceTimersByTime(9_000);
  expect(offers()).toBe(1);
  dismissNotice(id);
  renewNotice(id);
  vi.advanceTimersByTime(60_000);
  expect(sentences()).toEqual([]);
});
