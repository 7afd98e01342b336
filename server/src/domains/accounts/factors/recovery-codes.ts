import { randomBytes, randomInt } from "node:crypto";
import { and, count, eq, isNull, sql } from "drizzle-orm";
import { recoveryCodes } from "../../../foundation/schema/factors.ts";
import type { Transaction } from "../../../foundation/storage/storage.ts";
import { hashCode } from "../password.ts";
import { plainCode } from "./codes.ts";
import { type FactorOwner, ownedBy } from "./steps.ts";

const codesInSet = 10;
/** Crockford's base32: no letter in it can be taken for a digit. */
const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
const codeLength = 10;

/** A set of codes with what is kept in their place. They are too short for a fast hash (ASVS 6.5.2). */
export type CodeSet = { codes: string[]; salt: Buffer; hashes: Buffer[] };

/** Makes a set: each opens once. */
export async function newCodeSet(): Promise<CodeSet> {
  const salt = randomBytes(16);
  const codes = Array.from({ length: codesInSet }, () =>
    Array.from({ length: codeLength }, () => alphabet[randomInt(alphabet.length)]).join(""),
  );
  const hashes: Buffer[] = [];
  for (const code of codes) hashes.push(await hashCode(code, salt));
  return { codes: codes.map((code) => `${code.slice(0, 5)}-${code.slice(5)}`), salt, hashes };
}

/** Puts a set in the place of the one before. */
export async function replaceCodes(
  transaction: Transaction,
  user: FactorOwner,
  { salt, hashes }: CodeSet,
): Promise<void> {
  const { organisationId, userId } = user;
  await transaction.delete(recoveryCodes).where(ownedBy(recoveryCodes, user));
  await transaction
    .insert(recoveryCodes)
    .values(hashes.map((codeHash) => ({ organisationId, userId, codeHash, salt })));
}

/** How many of a user's codes are unused. */
export async function countCodes(transaction: Transaction, user: FactorOwner): Promise<number> {
  const [row] = await transaction
    .select({ left: count() })
    .from(recoveryCodes)
    .where(and(ownedBy(recoveryCodes, user), isNull(recoveryCodes.usedAt)));
  return row?.left ?? 0;
}

/** The hash under which a typed code would lie, or null when the user has no codes. */
export async function hashTyped(salt: Buffer, typed: string): Promise<Buffer> {
  const code = plainCode(typed).toLowerCase().replaceAll("o", "0").replaceAll(/[il]/g, "1");
  return hashCode(code, salt);
}

/** The salt of a user's set; null: they have none. */
export async function saltOf(transaction: Transaction, user: FactorOwner): Promise<Buffer | null> {
  const [row] = await transaction
    .select({ salt: recoveryCodes.salt })
    .from(recoveryCodes)
    .where(ownedBy(recoveryCodes, user))
    .limit(1);
  return row?.salt ?? null;
}

/** Uses a code up. False: there is none such, or it was used before; of two at one moment one gets it. */
export async function useCode(transaction: Transaction, user: FactorOwner, hash: Buffer): Promise<boolean> {
  const used = await transaction
    .update(recoveryCodes)
    .set({ usedAt: sql`now()` })
    .where(and(ownedBy(recoveryCodes, user), eq(recoveryCodes.codeHash, hash), isNull(recoveryCodes.usedAt)))
    .returning({ salt: recoveryCodes.salt });
  return used.length > 0;
}

/** With the last factor the codes go too: alone they open nothing. */
export async function dropCodesWithoutFactor(transaction: Transaction, user: FactorOwner): Promise<void> {
  const { organisationId, userId } = user;
  await transaction
    .delete(recoveryCodes)
    .where(and(ownedBy(recoveryCodes, user), sql`NOT grata_has_factor(${organisationId}, ${userId})`));
}
