import { generateSecret, generateURI, verify } from "otplib";
import type { SecretPlace } from "../../../foundation/secrets/seal.ts";
import type { FactorOwner } from "./steps.ts";

/** Clocks differ, and typing takes a while: the step before and the one after are taken too. */
const toleranceSeconds = 30;

/** A new seed for an app: 160 random bits in base32. */
export const newSeed = () => generateSecret();

/** Where the seed of a user's app is kept. */
export const seedPlace = ({ organisationId, userId }: FactorOwner): SecretPlace => ({
  organisationId,
  purpose: "authenticator",
  rowId: userId,
});

/** The address by which an app takes the seed over, from a QR code. */
export function seedAddress(seed: string, owner: { email: string; organisation: string }): string {
  return generateURI({ issuer: `Grata (${owner.organisation})`, label: owner.email, secret: seed });
}

/** The time step that a code is of, when it is one of about now; null: it is wrong. */
export async function stepOf(seed: string, typed: string): Promise<number | null> {
  const code = plainCode(typed);
  if (!/^\d{6}$/.test(code)) return null;
  const result = await verify({ secret: seed, token: code, epochTolerance: toleranceSeconds });
  return result.valid && "timeStep" in result ? result.timeStep : null;
}

/** What was typed, without the spaces that apps show, in plain characters: Chinese keyboards offer wide digits. */
export const plainCode = (typed: string) => typed.normalize("NFKC").replaceAll(/[\s-]/g, "");
