import { type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { Refusal } from "../refusal/refusal.ts";

/** Where a page ends: what its order compares, and the id that decides between equals. */
export function cursorAfter(key: string, id: string): string {
  return Buffer.from(JSON.stringify([key, id])).toString("base64url");
}

/**
 * What comes after the last line of the page before: by its values, so that nobody is missed when others come or go.
 * Throws `request_invalid` at `cursor` for one that is none of ours.
 */
export function beyondCursor(
  cursor: string | undefined,
  key: SQL,
  id: PgColumn,
  descending: boolean,
): SQL | undefined {
  if (cursor === undefined) return undefined;
  const [value, last] = readCursor(cursor);
  const place = sql`(${value}::text, ${last}::uuid)`;
  return descending ? sql`(${key}, ${id}) < ${place}` : sql`(${key}, ${id}) > ${place}`;
}

function readCursor(cursor: string): [value: string, id: string] {
  try {
    const [value, id]: unknown[] = JSON.parse(Buffer.from(cursor, "base64url").toString());
    const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
    if (typeof value === "string" && !value.includes("\0") && typeof id === "string" && uuid.test(id)) {
      return [value, id];
    }
  } catch {
    // Not one of ours.
  }
  throw new Refusal("request_invalid", { fields: { cursor: "request_invalid" } });
}
