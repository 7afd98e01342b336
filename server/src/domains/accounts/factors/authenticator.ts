import type { FactorAdded, NewAuthenticator } from "@grata/contract/second-factor";
import { and, eq, gt, isNotNull, isNull, sql } from "drizzle-orm";
import type { Asker } from "../../../foundation/access/principal.ts";
import { requireUser } from "../../../foundation/access/require-access.ts";
import { Refusal } from "../../../foundation/refusal/refusal.ts";
import { users } from "../../../foundation/schema/accounts.ts";
import { authenticators } from "../../../foundation/schema/factors.ts";
import { organisations } from "../../../foundation/schema/organisations.ts";
import type { Secrets } from "../../../foundation/secrets/seal.ts";
import type { Storage } from "../../../foundation/storage/storage.ts";
import { noteAudit } from "../../audit/note.ts";
import { addFactor, changeFactor } from "./change-factor.ts";
import { newSeed, seedAddress, seedPlace, stepOf } from "./codes.ts";
import { dropCodesWithoutFactor } from "./recovery-codes.ts";
import { ownedBy } from "./steps.ts";
import { tellOwner } from "./tell-owner.ts";

/** So long after its QR code was shown an app may still be confirmed. */
const enrolment = sql`now() - interval '30 minutes'`;
const unconfirmed = and(isNull(authenticators.confirmedAt), gt(authenticators.createdAt, enrolment));

/** Begins to set up an app: shows its seed, this once. Throws `authenticator_present` when one is there. */
export function beginAuthenticator(
  storage: Storage,
  secrets: Secrets,
  asker: Asker,
  current: string,
): Promise<NewAuthenticator> {
  return changeFactor(storage, asker, current, async (transaction, owner) => {
    const { organisationId, userId } = owner;
    const seed = newSeed();
    const [found] = await transaction
      .select({ email: users.email, organisation: organisations.name })
      .from(users)
      .innerJoin(organisations, eq(organisations.organisationId, users.organisationId))
      .where(and(eq(users.organisationId, organisationId), eq(users.id, userId)));
    if (!found) throw new Refusal("sign_in_required");
    await transaction
      .delete(authenticators)
      .where(and(ownedBy(authenticators, owner), isNull(authenticators.confirmedAt)));
    const made = await transaction
      .insert(authenticators)
      .values({ organisationId, userId, secret: await secrets.seal(seedPlace(owner), seed) })
      .onConflictDoNothing()
      .returning({ userId: authenticators.userId });
    if (made.length === 0) throw new Refusal("authenticator_present");
    return { secret: seed, address: seedAddress(seed, found) };
  });
}

/** Takes the app into use by a code that it shows. Throws `authenticator_absent`, `code_wrong`. */
export async function confirmAuthenticator(
  storage: Storage,
  secrets: Secrets,
  asker: Asker,
  code: string,
): Promise<FactorAdded> {
  const owner = requireUser(asker, "factors.manage");
  const { organisationId, userId, name } = owner;
  const waiting = and(ownedBy(authenticators, owner), unconfirmed);
  const [found] = await storage.inOrganisation(organisationId, (transaction) =>
    transaction.select().from(authenticators).where(waiting),
  );
  if (!found) throw new Refusal("authenticator_absent");
  const step = await stepOf(await secrets.open(seedPlace(owner), found.secret), code);
  if (step === null) throw new Refusal("code_wrong", { fields: { code: "code_wrong" } });
  const recoveryCodes = await addFactor(storage, owner, async (transaction) => {
    const confirmed = await transaction
      .update(authenticators)
      .set({ confirmedAt: sql`now()`, lastStep: step })
      .where(waiting)
      .returning({ secret: authenticators.secret });
    // Begun anew in another window: the seed that was checked is not the one that would be taken.
    if (confirmed[0]?.secret !== found.secret) throw new Refusal("authenticator_absent");
    await noteAudit(transaction, organisationId, owner, "factor.authenticator_added", { id: userId, name });
    await tellOwner(transaction, owner, "authenticator_added");
  });
  return { recoveryCodes };
}

/** Turns the app off. Throws `authenticator_absent`. */
export function removeAuthenticator(storage: Storage, asker: Asker, current: string): Promise<void> {
  return changeFactor(storage, asker, current, async (transaction, owner) => {
    const removed = await transaction
      .delete(authenticators)
      .where(and(ownedBy(authenticators, owner), isNotNull(authenticators.confirmedAt)))
      .returning({ userId: authenticators.userId });
    if (removed.length === 0) throw new Refusal("authenticator_absent");
    await dropCodesWithoutFactor(transaction, owner);
    const target = { id: owner.userId, name: owner.name };
    await noteAudit(transaction, owner.organisationId, owner, "factor.authenticator_removed", target);
    await tellOwner(transaction, owner, "authenticator_removed");
  });
}
