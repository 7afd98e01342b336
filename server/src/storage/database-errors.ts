import { Refusal } from "../refusal.ts";

/** SQLSTATE classes and codes that say "not now": connection lost, shutting down, starting up, no room. */
const transientStates = new Set([
  "57P01",
  "57P02",
  "57P03",
  "53300",
  "53400",
  "25006",
  "40001",
  "40P01",
  "55P03",
  "57014",
]);
const transientNetwork = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOENT",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
]);

/** The code of an error of the driver or the system: an SQLSTATE, or a name such as ECONNREFUSED. */
export function databaseErrorCode(error: unknown): string | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string") return cause.code;
  }
  return null;
}

/** Whether the database is down, starting or too busy, so that the same work may succeed later. */
export function isUnavailable(error: unknown): boolean {
  const code = databaseErrorCode(error);
  if (code !== null) return transientStates.has(code) || transientNetwork.has(code) || code.startsWith("08");
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    // The driver gives these no code.
    if (
      /connection terminated|query read timeout|timeout exceeded when trying to connect|client has encountered a connection error|not queryable|client was closed/i.test(
        cause.message,
      )
    )
      return true;
  }
  return false;
}

/** Turns what the database throws while it is down into the refusal that clients understand. */
export function refusalOf(error: unknown): unknown {
  return isUnavailable(error) ? new Refusal("unavailable", { retryAfter: 2 }) : error;
}

/** The name of the unique constraint that an insert ran into, or null for any other error. */
export function violatedConstraint(error: unknown): string | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && cause.code === "23505" && "constraint" in cause) return String(cause.constraint);
  }
  return null;
}
