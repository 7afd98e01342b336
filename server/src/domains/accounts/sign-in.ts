import type { SecondStep } from "@grata/contract/second-factor";
import type { Browser, Principal } from "../../foundation/access/principal.ts";
import { requireAccess } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { type Entered, enter } from "./enter.ts";
import { beginPendingSignIn } from "./factors/pending.ts";
import { stepsOf } from "./factors/steps.ts";
import { findAccount } from "./find-account.ts";
import { loseAttempt, restoreAttempts, returnAttempt, takeAttempt } from "./lock.ts";
import { passwordMatches } from "./password.ts";
import { failInSteadyTime } from "./steady-time.ts";

type Input = {
  email: string;
  password: string;
  /** The organisation whose own sign-in page it is: nobody else's users sign in there. Null: everybody's. */
  within: string | null;
  browser: Browser;
};

/** The password was right, and there is a second step: the token that stands for that, and the ways to take it. */
export type StepOwed = { pendingToken: string; steps: SecondStep[] };

/**
 * Signs in by e-mail address and password. An unknown address, a wrong password, a locked account and one that cannot
 * sign in are one and the same refusal, `credentials_wrong`, after the same work and in the same time. So is the right
 * password of another organisation's user at an own sign-in page, and it costs them an attempt as a wrong one does:
 * nothing that such a page answers tells one guess from another. Whoever has a second factor gets no session yet.
 */
export function signIn(storage: Storage, principal: Principal, input: Input): Promise<Entered | StepOwed> {
  requireAccess(principal, "session.create", null);
  return failInSteadyTime(() => attempt(storage, input));
}

async function attempt(
  storage: Storage,
  { email, password, within, browser }: Input,
): Promise<Entered | StepOwed> {
  const account = await findAccount(storage, email);
  const taken = account && (await takeAttempt(storage, account));
  // Without an attempt left the right password is as wrong as any.
  const matches = await passwordMatches(taken ? account.passwordHash : null, password);
  if (!account || !taken) throw new Refusal("credentials_wrong");
  if (!matches || (within !== null && account.organisationId !== within)) {
    await loseAttempt(storage, account, taken);
    throw new Refusal("credentials_wrong");
  }
  return storage.inOrganisation(account.organisationId, async (transaction) => {
    const steps = await stepsOf(transaction, account);
    if (steps.length > 0) {
      if (!(await returnAttempt(transaction, account))) throw new Refusal("credentials_wrong");
      return { pendingToken: await beginPendingSignIn(transaction, account), steps };
    }
    if (!(await restoreAttempts(transaction, account))) throw new Refusal("credentials_wrong");
    return enter(transaction, account, browser);
  });
}
