import type { Failure } from "@grata/contract/errors";
import { expect, test } from "vitest";
import { RequestFailed, retryDelay } from "./failures.ts";

const refused = (code: Failure["code"], retryAfter?: number) =>
  new RequestFailed({ code, message: "", ...(retryAfter !== undefined && { retryAfter }) });
const many = (error: unknown, attempt: number) =>
  Array.from({ length: 500 }, () => retryDelay(error, attempt) ?? Number.NaN);

test("those who are refused together come back neither early nor together", () => {
  const pauses = many(refused("too_many_requests", 10), 0);
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(10_000);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(15_000);
  expect(Math.max(...pauses) - Math.min(...pauses)).toBeGreaterThan(3_000);
});

test("those who are cut off together come back spread over most of the first pause", () => {
  const pauses = many(new Error("cut"), 0);
  expect(Math.max(...pauses)).toBeLessThanOrEqual(500);
  expect(Math.max(...pauses) - Math.min(...pauses)).toBeGreaterThan(300);
});

test("a send whose refusal is final is not repeated", () => {
  expect(retryDelay(refused("conversation_closed"), 0)).toBeUndefined();
});
