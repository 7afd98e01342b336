import type { Principal } from "../access/principal.ts";
import { requireAccess } from "../access/require-access.ts";
import { Refusal } from "../refusal.ts";
import type { Storage } from "../storage/storage.ts";
import { type Entered, enter } from "./enter.ts";
import { findAccount } from "./find-account.ts";
import { loseAttempt, restoreAttempts, takeAttempt } from "./lock.ts";
import { passwordMatches } from "./password.ts";
import type { Browser } from "./session.ts";
import { failInSteadyTime } from "./steady-time.ts";

type Input = {
  email: string;
  password: string;
  /** The organisation whose own sign-in page it is: nobody else's users sign in there. Null: everybody's. */
  within: string | null;
  browser: Browser;
};

/**
 * Signs in by e-mail address and password. An unknown address, a wrong password, a locked account and one that cannot
 * sign in are one and the same refusal, `credentials_wrong`, after the same work and in the same time. So is the right
 * password of another organisation's user at an own sign-in page, and it costs them an attempt as a wrong one does:
 * nothing that such a page answers tells one guess from another.
 */
export function signIn(storage: Storage, principal: Principal, input: Input): Promise<Entered> {
  requireAccess(principal, "session.create", null);
  return failInSteadyTime(() => attempt(storage, input));
}

async function attempt(storage: Storage, { email, password, within, browser }: Input): Promise<Entered> {
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
    if (!(await restoreAttempts(transaction, account))) throw new Refusal("credentials_wrong");
    return enter(transaction, account, browser);
  });
}
