import { Refusal } from "../refusal/refusal.ts";

/**
 * SQLSTATEs, and classes of them, that say "not now": connection lost or refused, no memory, disk or connection left,
 * input and output failing, shutting down, starting up, read-only after a fail-over, in each other's way.
 */
const transientClasses = ["08", "53", "57P", "58"];
const transientStates = new Set(["25006", "25P03", "25P04", "40001", "40P01", "55P03", "57014"]);
/** Those of them that befall one transaction because of another: the database itself is well. */
const contentionStates = new Set(["40001", "40P01", "55P03", "57014"]);
const transientNetwork = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "ENOENT",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "EHOSTDOWN",
  "ENETUNREACH",
  "ENETDOWN",
  "ENOBUFS",
  "EMFILE",
  "ENFILE",
]);

/** The code of an error of the driver or the system: an SQLSTATE, or a name such as ECONNREFUSED. */
export function databaseErrorCode(error: unknown): string | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string") return cause.code;
  }
  return null;
}

/** Tells whether the database is down, starting or too busy, so that the same work may succeed later. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof Refusal) return error.code === "unavailable";
  const code = databaseErrorCode(error);
  if (code !== null) {
    const isTransient = transientStates.has(code) || transientNetwork.has(code);
    return isTransient || transientClasses.some((start) => code.startsWith(start));
  }
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    // The driver gives these no code.
    if (
      /connection terminated|query read timeout|timeout expired|timeout exceeded when trying to connect|client has encountered a connection error|not queryable|client was closed/i.test(
        cause.message,
      )
    )
      return true;
  }
  return false;
}

/** Tells whether an error befell one transaction because of others under way. */
export function isContention(error: unknown): boolean {
  return contentionStates.has(databaseErrorCode(error) ?? "");
}

/** The name of the unique constraint that an insert ran into, or null for any other error. */
export function violatedConstraint(error: unknown): string | null {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && cause.code === "23505" && "constraint" in cause) return String(cause.constraint);
  }
  return null;
}
