import { sql } from "drizzle-orm";
import { bigint, foreignKey, index, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { bytes, moment, organisationId } from "../storage/columns.ts";
import { users } from "./accounts.ts";

const ofUser = (table: Parameters<typeof foreignKey>[0]["columns"]) =>
  foreignKey({ columns: table, foreignColumns: [users.organisationId, users.id] }).onDelete("cascade");

/** The app that shows a user's codes (TOTP, RFC 6238): one for each user. */
export const authenticators = pgTable(
  "authenticators",
  {
    organisationId: organisationId(),
    userId: uuid("user_id").notNull(),
    /** Sealed. */
    secret: text("secret").notNull(),
    /** Null: it has not shown a right code yet, and counts for nothing. */
    confirmedAt: moment("confirmed_at"),
    /** The step of the last code that was taken: neither it nor an older one is taken again. */
    lastStep: bigint("last_step", { mode: "number" }).notNull().default(0),
    createdAt: moment("created_at").notNull().defaultNow(),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.userId] }),
    ofUser([table.organisationId, table.userId]),
  ],
);

/** What opens once when everything else is lost. All of a set are hashed with the same salt. */
export const recoveryCodes = pgTable(
  "recovery_codes",
  {
    organisationId: organisationId(),
    userId: uuid("user_id").notNull(),
    codeHash: bytes("code_hash").notNull(),
    salt: bytes("salt").notNull(),
    usedAt: moment("used_at"),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.userId, table.codeHash] }),
    ofUser([table.organisationId, table.userId]),
  ],
);

/** Passkeys (WebAuthn): a public key for each device or key ring of a user. */
export const passkeys = pgTable(
  "passkeys",
  {
    organisationId: organisationId(),
    id: uuid("id").notNull(),
    userId: uuid("user_id").notNull(),
    name: text("name").notNull(),
    credentialId: text("credential_id").notNull(),
    publicKey: bytes("public_key").notNull(),
    /** What the device counts, if it does: it may only grow, or the key was copied. */
    counter: bigint("counter", { mode: "number" }).notNull(),
    transports: text("transports").array().notNull(),
    /** The host that it works at: a passkey belongs to the entrance where it was made. */
    host: text("host").notNull(),
    createdAt: moment("created_at").notNull().defaultNow(),
    lastUsedAt: moment("last_used_at"),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    uniqueIndex("passkeys_credential").on(table.credentialId),
    index("passkeys_user").on(table.organisationId, table.userId),
    ofUser([table.organisationId, table.userId]),
  ],
);

/** Somebody has given the right password and owes the second step. To everything else they are nobody. */
export const pendingSignIns = pgTable(
  "pending_sign_ins",
  {
    organisationId: organisationId(),
    id: uuid("id").notNull(),
    tokenHash: bytes("token_hash").notNull(),
    userId: uuid("user_id").notNull(),
    expiresAt: moment("expires_at").notNull().default(sql`now() + interval '10 minutes'`),
  },
  (table) => [
    primaryKey({ columns: [table.organisationId, table.id] }),
    uniqueIndex("pending_sign_ins_token").on(table.tokenHash),
    index("pending_sign_ins_user").on(table.organisationId, table.userId),
    ofUser([table.organisationId, table.userId]),
  ],
);

/** What a passkey has to sign, hashed; taken once. It belongs to no organisation: before a sign-in nobody is known. */
export const passkeyChallenges = pgTable(
  "passkey_challenges",
  {
    challengeHash: bytes("challenge_hash").primaryKey(),
    purpose: text("purpose").$type<"register" | "second_step" | "alone">().notNull(),
    /** The session or the pending sign-in that it was made for; null: nobody yet. */
    holderId: uuid("holder_id"),
    /** The address that the browser asked from. */
    origin: text("origin").notNull(),
    expiresAt: moment("expires_at").notNull().default(sql`now() + interval '5 minutes'`),
  },
  (table) => [index("passkey_challenges_expires").on(table.expiresAt)],
);
