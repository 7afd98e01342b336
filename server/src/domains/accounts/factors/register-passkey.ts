import type { FactorAdded, NewPasskey } from "@grata/contract/second-factor";
import {
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { and, eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { Asker } from "../../../foundation/access/principal.ts";
import { requireUser } from "../../../foundation/access/require-access.ts";
import { Refusal } from "../../../foundation/refusal/refusal.ts";
import { users } from "../../../foundation/schema/accounts.ts";
import { passkeys } from "../../../foundation/schema/factors.ts";
import { violatedConstraint } from "../../../foundation/storage/database-errors.ts";
import type { Storage } from "../../../foundation/storage/storage.ts";
import { noteAudit } from "../../audit/note.ts";
import { newChallenge, takeChallenge } from "./challenges.ts";
import { addFactor, changeFactor } from "./change-factor.ts";
import type { PasskeyPlace } from "./passkey-place.ts";
import { ownedBy } from "./steps.ts";
import { tellOwner } from "./tell-owner.ts";

const passkeysLimit = 20;
/** EdDSA, ES256 and RS256, by their COSE numbers: what devices have. */
const supportedAlgorithmIDs = [-8, -7, -257];

/** What a browser hands to its authenticator, by which a passkey knows whose it is: the user's id in bytes. */
export const handleOf = (userId: string) => new Uint8Array(Buffer.from(userId.replaceAll("-", ""), "hex"));

/** Begins a new passkey, after the current password. Throws `too_many_passkeys`. */
export async function beginPasskey(storage: Storage, asker: Asker, current: string, place: PasskeyPlace) {
  const { owner, found, keys } = await changeFactor(storage, asker, current, async (transaction, owner) => {
    const [found] = await transaction
      .select({ email: users.email })
      .from(users)
      .where(and(eq(users.organisationId, owner.organisationId), eq(users.id, owner.userId)));
    const keys = await transaction.select().from(passkeys).where(ownedBy(passkeys, owner));
    return { owner, found, keys };
  });
  if (!found) throw new Refusal("sign_in_required");
  if (keys.length >= passkeysLimit) throw new Refusal("too_many_passkeys");
  const challenge = await newChallenge(storage, { purpose: "register", holderId: owner.sessionId, place });
  return generateRegistrationOptions({
    rpName: "Grata",
    rpID: place.host,
    userID: handleOf(owner.userId),
    userName: found.email,
    userDisplayName: owner.name,
    challenge,
    supportedAlgorithmIDs,
    timeout: 300_000,
    excludeCredentials: keys
      .filter(({ host }) => host === place.host)
      .map(({ credentialId, transports }) => ({ id: credentialId, transports })),
    // So that it can sign in alone where the device can keep it and knows its owner.
    authenticatorSelection: { residentKey: "preferred", userVerification: "preferred" },
  });
}

/** Keeps a passkey that the browser has made. Throws `passkey_refused`, `passkey_known`. */
export async function registerPasskey(
  storage: Storage,
  asker: Asker,
  { name, answer }: NewPasskey,
  place: PasskeyPlace,
): Promise<FactorAdded> {
  const owner = requireUser(asker, "factors.manage");
  const { organisationId, userId } = owner;
  const use = { purpose: "register", holderId: owner.sessionId, place } as const;
  const { credential } = await verifyNew(answer, place, (challenge) =>
    takeChallenge(storage, use, challenge),
  );
  const recoveryCodes = await addFactor(storage, owner, async (transaction) => {
    await transaction.insert(passkeys).values({
      organisationId,
      id: newId(),
      userId,
      name,
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports: answer.response.transports ?? [],
      host: place.host,
    });
    const target = { id: userId, name: owner.name };
    const changes = { passkey: { from: null, to: name } };
    await noteAudit(transaction, organisationId, owner, "factor.passkey_added", target, changes);
    await tellOwner(transaction, owner, "passkey_added", name);
  }).catch((error: unknown) => {
    if (violatedConstraint(error) === "passkeys_credential") throw new Refusal("passkey_known");
    throw error;
  });
  return { recoveryCodes };
}

async function verifyNew(
  answer: NewPasskey["answer"],
  place: PasskeyPlace,
  expectedChallenge: (challenge: string) => Promise<boolean>,
) {
  const { transports: _unchecked, ...made } = answer.response;
  const response: RegistrationResponseJSON = { ...answer, response: made, clientExtensionResults: {} };
  try {
    const result = await verifyRegistrationResponse({
      response,
      expectedChallenge,
      expectedOrigin: place.origin,
      expectedRPID: place.host,
      requireUserVerification: false,
      supportedAlgorithmIDs,
    });
    if (result.verified) return result.registrationInfo;
  } catch (error) {
    // Whatever an authenticator sends that is not as it should be; the database being away is no such thing.
    if (error instanceof Refusal) throw error;
  }
  throw new Refusal("passkey_refused");
}
