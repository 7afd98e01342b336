import type { PasskeyAnswer } from "@grata/contract/second-factor";
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  verifyAuthenticationResponse,
} from "@simplewebauthn/server";
import { and, eq, lt, sql } from "drizzle-orm";
import type { Browser, Principal } from "../../../foundation/access/principal.ts";
import { requireAccess } from "../../../foundation/access/require-access.ts";
import { Refusal } from "../../../foundation/refusal/refusal.ts";
import { passkeys } from "../../../foundation/schema/factors.ts";
import type { Storage, Transaction } from "../../../foundation/storage/storage.ts";
import type { Entered } from "../enter.ts";
import { failInSteadyTime } from "../steady-time.ts";
import { type ChallengeUse, newChallenge, takeChallenge } from "./challenges.ts";
import type { PasskeyPlace } from "./passkey-place.ts";
import { findPendingSignIn, type PendingSignIn, usePendingSignIn } from "./pending.ts";
import { handleOf } from "./register-passkey.ts";
import { letIn } from "./second-step.ts";
import { type FactorOwner, ownedBy } from "./steps.ts";

/** Who takes the step: with the token of a pending sign-in after the password, with null instead of it. */
type Asking = { pendingToken: string | null; alone: boolean; place: PasskeyPlace };
type StoredPasskey = typeof passkeys.$inferSelect;

const refused = () => new Refusal("passkey_refused");

/** What the browser asks its passkeys. Alone, nobody is named: whose passkeys there are is not told to strangers. */
export async function askForPasskey(
  storage: Storage,
  principal: Principal,
  { pendingToken, alone, place }: Asking,
) {
  requireAccess(principal, "session.secondStep", null);
  const pending = alone ? null : await findPendingSignIn(storage, pendingToken);
  const keys = pending ? await keysOf(storage, pending, place) : [];
  const challenge = await newChallenge(storage, useOf(pending, place));
  return generateAuthenticationOptions({
    rpID: place.host,
    challenge,
    timeout: 300_000,
    userVerification: alone ? "required" : "preferred",
    ...(pending && {
      allowCredentials: keys.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    }),
  });
}

/** Signs in by what a passkey has signed: as the second step, or alone where it has verified its owner. */
export function signInByPasskey(
  storage: Storage,
  principal: Principal,
  asking: Asking & { answer: PasskeyAnswer; browser: Browser },
): Promise<Entered> {
  requireAccess(principal, "session.secondStep", null);
  const { answer, place, browser } = asking;
  return failInSteadyTime(async () => {
    const pending = asking.alone ? null : await findPendingSignIn(storage, asking.pendingToken);
    const owner = pending ?? (await ownerOf(storage, answer));
    return letIn(storage, owner, browser, refused, {
      async check() {
        const key = (await keysOf(storage, owner, place)).find(
          ({ credentialId }) => credentialId === answer.id,
        );
        if (!key) return null;
        const counter = await verify(key, answer, asking.alone, place, (challenge) =>
          takeChallenge(storage, useOf(pending, place), challenge),
        );
        return counter === null ? null : (transaction) => noteUse(transaction, key, counter);
      },
      before: async (transaction) => {
        if (pending) await usePendingSignIn(transaction, pending);
      },
    });
  });
}

function useOf(pending: PendingSignIn | null, place: PasskeyPlace): ChallengeUse {
  return { purpose: pending ? "second_step" : "alone", holderId: pending?.id ?? null, place };
}

function keysOf(storage: Storage, owner: FactorOwner, { host }: PasskeyPlace): Promise<StoredPasskey[]> {
  return storage.inOrganisation(owner.organisationId, (transaction) =>
    transaction
      .select()
      .from(passkeys)
      .where(and(ownedBy(passkeys, owner), eq(passkeys.host, host))),
  );
}

async function ownerOf(storage: Storage, { id, response }: PasskeyAnswer): Promise<FactorOwner> {
  const [row] = await storage.system<{ organisation_id: string; user_id: string }>("system_passkey", [id]);
  if (!row) throw refused();
  const handle = Buffer.from(handleOf(row.user_id)).toString("base64url");
  if (response.userHandle !== undefined && response.userHandle !== handle) throw refused();
  return { organisationId: row.organisation_id, userId: row.user_id };
}

/** What the device has counted up to, or null when the answer is not good. */
async function verify(
  { credentialId, publicKey, counter, transports }: StoredPasskey,
  answer: PasskeyAnswer,
  alone: boolean,
  place: PasskeyPlace,
  expectedChallenge: (challenge: string) => Promise<boolean>,
): Promise<number | null> {
  const { userHandle: _checked, ...signed } = answer.response;
  const response: AuthenticationResponseJSON = { ...answer, response: signed, clientExtensionResults: {} };
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response,
      expectedChallenge,
      expectedOrigin: place.origin,
      expectedRPID: place.host,
      requireUserVerification: alone,
      credential: { id: credentialId, publicKey: new Uint8Array(publicKey), counter, transports },
    });
    return verified ? authenticationInfo.newCounter : null;
  } catch (error) {
    // Whatever a browser sends that is not as it should be, a counter that went back among it.
    if (error instanceof Refusal) throw error;
    return null;
  }
}

/** Notes the use. False: another one with a later count was faster, so one of the two is a copy. */
async function noteUse(transaction: Transaction, key: StoredPasskey, counter: number): Promise<boolean> {
  const noted = await transaction
    .update(passkeys)
    .set({ counter, lastUsedAt: sql`now()` })
    .where(
      and(
        eq(passkeys.organisationId, key.organisationId),
        eq(passkeys.id, key.id),
        // A device that does not count always says nought.
        counter === 0 ? eq(passkeys.counter, 0) : lt(passkeys.counter, counter),
      ),
    )
    .returning({ id: passkeys.id });
  return noted.length > 0;
}
