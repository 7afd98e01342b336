import { describe, expect, test } from "vitest";
import { isContention, isUnavailable } from "./database-errors.ts";

const errorWith = (code: string) => Object.assign(new Error("what it says"), { code });

/** SQLSTATEs and codes of the system that may be over a moment later. */
const passing = [
  ["08006", "53100", "53200", "53300", "53400", "57P01", "57P02", "57P03", "57P05", "58000", "58030"],
  ["25006", "25P03", "25P04", "40001", "40P01", "55P03", "57014"],
  ["ECONNREFUSED", "ECONNRESET", "ECONNABORTED", "EPIPE", "ETIMEDOUT", "ENOENT", "EMFILE"],
  ["ENETUNREACH", "ENETDOWN", "EHOSTUNREACH", "EHOSTDOWN", "ENOTFOUND", "EAI_AGAIN"],
].flat();

describe("an error of the database", () => {
  test.each(passing)("H1: %s is unavailable, also inside of another error", (code) => {
    expect(isUnavailable(errorWith(code))).toBe(true);
    expect(isUnavailable(new Error("Failed query", { cause: errorWith(code) }))).toBe(true);
  });

  test.each([
    "timeout expired",
    "Query read timeout",
    "Connection terminated unexpectedly",
    "Connection terminated due to connection timeout",
    "timeout exceeded when trying to connect",
  ])("H1: '%s', to which the driver gives no code, is unavailable", (message) => {
    expect(isUnavailable(new Error(message))).toBe(true);
  });

  test.each(["22P05", "23503", "23505", "42501", "42P01", "XX000"])("%s is a fault", (code) => {
    expect(isUnavailable(errorWith(code))).toBe(false);
  });

  test("a deadlock is no outage, a full disk is", () => {
    expect([isContention(errorWith("40P01")), isContention(errorWith("53100"))]).toEqual([true, false]);
  });
});
