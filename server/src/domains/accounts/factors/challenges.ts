import { randomBytes } from "node:crypto";
import { and, eq, gt, isNull, lt, sql } from "drizzle-orm";
import { passkeyChallenges } from "../../../foundation/schema/factors.ts";
import { hashSecret } from "../../../foundation/secrets/token.ts";
import type { Storage } from "../../../foundation/storage/storage.ts";
import type { PasskeyPlace } from "./passkey-place.ts";

/** What a challenge is for: only the answer of the same browser to the same question takes it. */
export type ChallengeUse = {
  purpose: (typeof passkeyChallenges.$inferSelect)["purpose"];
  /** The session, or the pending sign-in; null: before anybody is known. */
  holderId: string | null;
  place: PasskeyPlace;
};

/** Makes a challenge for a passkey to sign within five minutes. */
export async function newChallenge(
  storage: Storage,
  { purpose, holderId, place }: ChallengeUse,
): Promise<Uint8Array<ArrayBuffer>> {
  const challenge = new Uint8Array(randomBytes(32));
  await storage.outsideOrganisations(async (transaction) => {
    await transaction.delete(passkeyChallenges).where(lt(passkeyChallenges.expiresAt, sql`now()`));
    await transaction.insert(passkeyChallenges).values({
      challengeHash: hashSecret(Buffer.from(challenge).toString("base64url")),
      purpose,
      holderId,
      origin: place.origin,
    });
  });
  return challenge;
}

/** Takes a challenge; false: it is not one of ours, was made for something else, is too old or was taken before. */
export async function takeChallenge(
  storage: Storage,
  { purpose, holderId, place }: ChallengeUse,
  challenge: string,
): Promise<boolean> {
  const taken = await storage.outsideOrganisations((transaction) =>
    transaction
      .delete(passkeyChallenges)
      .where(
        and(
          eq(passkeyChallenges.challengeHash, hashSecret(challenge)),
          eq(passkeyChallenges.purpose, purpose),
          holderId === null ? isNull(passkeyChallenges.holderId) : eq(passkeyChallenges.holderId, holderId),
          eq(passkeyChallenges.origin, place.origin),
          gt(passkeyChallenges.expiresAt, sql`now()`),
        ),
      )
      .returning({ purpose: passkeyChallenges.purpose }),
  );
  return taken.length > 0;
}
