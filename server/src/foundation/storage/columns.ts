import { customType, timestamp, uuid } from "drizzle-orm/pg-core";

/** The tenant of a row. It leads every key, and row-level security compares it. */
export const organisationId = () => uuid("organisation_id").notNull();

/** A moment, kept in microseconds, read as a `Date`. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/** Bytes, for hashed secrets. */
export const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });
