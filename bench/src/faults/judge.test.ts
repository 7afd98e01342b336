import { expect, test } from "vitest";
import { judgeLog, judgeShown } from "./judge.ts";

const logOf = (...clientIds: (string | null)[]) =>
  clientIds.map((clientId, index) => ({ seq: index + 1, clientId }));
const testimony = (acknowledged: Record<string, number>) => ({
  name: "agent 1",
  written: ["a", "b", "c"],
  acknowledged: new Map(Object.entries(acknowledged)),
});

test("a log that holds every acknowledged message once and in order is right", () => {
  expect(judgeLog(logOf(null, "a", "x", "b"), testimony({ a: 2, b: 4 }))).toEqual([]);
});

test("a message that was stored but never acknowledged is no violation", () => {
  expect(judgeLog(logOf("a", "b", "c"), testimony({ a: 1 }))).toEqual([]);
});

test("a lost message, a doubled one, a wrong number, an exchanged order and a gap are", () => {
  expect(judgeLog(logOf("a"), testimony({ a: 1, b: 2 }))).toHaveLength(1);
  expect(judgeLog(logOf("a", "a"), testimony({ a: 1 }))).toHaveLength(1);
  expect(judgeLog(logOf("x", "a"), testimony({ a: 1 }))).toHaveLength(1);
  expect(judgeLog(logOf("b", "a"), testimony({ a: 2, b: 1 }))).toHaveLength(1);
  expect(judgeLog([{ seq: 2, clientId: "a" }], testimony({ a: 2 }))).toHaveLength(1);
});

test("what somebody was shown has to be what the log holds", () => {
  const log = logOf("a", "b");
  expect(judgeShown(log, { name: "agent 1", shown: log })).toEqual([]);
  expect(judgeShown(log, { name: "agent 1", shown: log.slice(0, 1) })).toHaveLength(1);
  expect(judgeShown(log, { name: "agent 1", shown: log.toReversed() })).toHaveLength(1);
});
