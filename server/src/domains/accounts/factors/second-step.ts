import type { CodeBody } from "@grata/contract/second-factor";
import { and, eq, isNotNull, lt } from "drizzle-orm";
import type { Browser, Principal } from "../../../foundation/access/principal.ts";
import { requireAccess } from "../../../foundation/access/require-access.ts";
import { Refusal } from "../../../foundation/refusal/refusal.ts";
import { users } from "../../../foundation/schema/accounts.ts";
import { authenticators } from "../../../foundation/schema/factors.ts";
import type { Secrets } from "../../../foundation/secrets/seal.ts";
import type { Storage, Transaction } from "../../../foundation/storage/storage.ts";
import { noteAudit } from "../../audit/note.ts";
import { type Entered, enter } from "../enter.ts";
import { loseAttempt, restoreAttempts, takeAttempt } from "../lock.ts";
import { failInSteadyTime } from "../steady-time.ts";
import { seedPlace, stepOf } from "./codes.ts";
import { findPendingSignIn, usePendingSignIn } from "./pending.ts";
import { countCodes, hashTyped, saltOf, useCode } from "./recovery-codes.ts";
import { type FactorOwner, ownedBy } from "./steps.ts";

/** Uses what was shown up, in the transaction of the sign-in; false: somebody else has just done so. */
type Proof = (transaction: Transaction) => Promise<boolean>;

const codeWrong = () => new Refusal("code_wrong", { fields: { code: "code_wrong" } });

/** Takes the second step by a code of the app, or by a recovery code. Each code works once. */
export function signInByCode(
  storage: Storage,
  secrets: Secrets,
  principal: Principal,
  input: CodeBody & { pendingToken: string | null; browser: Browser },
): Promise<Entered> {
  requireAccess(principal, "session.secondStep", null);
  return failInSteadyTime(async () => {
    const pending = await findPendingSignIn(storage, input.pendingToken);
    const check = { authenticator: checkAppCode, recovery: checkRecoveryCode }[input.step];
    return letIn(storage, pending, input.browser, codeWrong, {
      check: () => check(storage, secrets, pending, input),
      before: (transaction) => usePendingSignIn(transaction, pending),
    });
  });
}

/**
 * Begins a session for whoever proves it: counted as every sign-in is, so that guesses at one moment count one by one,
 * and refused in the same way while the account is locked.
 */
export async function letIn(
  storage: Storage,
  user: FactorOwner,
  browser: Browser,
  wrong: () => Refusal,
  { check, before }: { check(): Promise<Proof | null>; before?(transaction: Transaction): Promise<void> },
): Promise<Entered> {
  const taken = await takeAttempt(storage, user);
  if (taken === null) throw wrong();
  const refusal = wrong();
  try {
    const proof = await check();
    if (!proof) throw refusal;
    return await storage.inOrganisation(user.organisationId, async (transaction) => {
      if (!(await restoreAttempts(transaction, user))) throw refusal;
      await before?.(transaction);
      if (!(await proof(transaction))) throw refusal;
      return enter(transaction, user, browser);
    });
  } catch (error) {
    if (error === refusal) await loseAttempt(storage, user, taken);
    throw error;
  }
}

async function checkAppCode(
  storage: Storage,
  secrets: Secrets,
  user: FactorOwner,
  { code }: { code: string },
): Promise<Proof | null> {
  const confirmed = and(ownedBy(authenticators, user), isNotNull(authenticators.confirmedAt));
  const [found] = await storage.inOrganisation(user.organisationId, (transaction) =>
    transaction.select().from(authenticators).where(confirmed),
  );
  if (!found) return null;
  const step = await stepOf(await secrets.open(seedPlace(user), found.secret), code);
  if (step === null) return null;
  return async (transaction) => {
    // RFC 6238, 5.2: a code is taken once. The row is locked, so that of two at one moment one finds it used.
    const moved = await transaction
      .update(authenticators)
      .set({ lastStep: step })
      .where(and(confirmed, lt(authenticators.lastStep, step)))
      .returning({ userId: authenticators.userId });
    return moved.length > 0;
  };
}

async function checkRecoveryCode(
  storage: Storage,
  _secrets: Secrets,
  user: FactorOwner,
  { code, browser }: { code: string; browser: Browser },
): Promise<Proof | null> {
  const { organisationId, userId } = user;
  const salt = await storage.inOrganisation(organisationId, (transaction) => saltOf(transaction, user));
  if (!salt) return null;
  const hash = await hashTyped(salt, code);
  return async (transaction) => {
    if (!(await useCode(transaction, user, hash))) return false;
    const [owner] = await transaction
      .select({ id: users.id, name: users.name })
      .from(users)
      .where(and(eq(users.organisationId, organisationId), eq(users.id, userId)));
    if (!owner) return false;
    const left = await countCodes(transaction, user);
    const actor = { by: "user", userId, name: owner.name, address: browser.address } as const;
    await noteAudit(transaction, organisationId, actor, "factor.recovery_code_used", owner, {
      recoveryCodesLeft: { from: String(left + 1), to: String(left) },
    });
    return true;
  };
}
