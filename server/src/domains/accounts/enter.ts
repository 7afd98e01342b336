import { eq } from "drizzle-orm";
import type { Browser } from "../../foundation/access/principal.ts";
import { sessions } from "../../foundation/schema/accounts.ts";
import { organisations } from "../../foundation/schema/organisations.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";
import { type EndedSession, endSessions } from "./end-sessions.ts";
import { beginSession, deviceOf } from "./session.ts";

/** A new session: the token for the cookie, and the older ones that it ended. */
export type Entered = { token: string; ended: EndedSession[] };

/**
 * Lets a user in, in the transaction at hand, which has locked their row. Unless the organisation lifts the rule, there
 * is one session for each kind of device, and the newer one ends the older one.
 */
export async function enter(
  transaction: Transaction,
  user: { organisationId: string; userId: string },
  browser: Browser,
): Promise<Entered> {
  const [organisation] = await transaction
    .select({ oneSession: organisations.oneSession })
    .from(organisations)
    .where(eq(organisations.organisationId, user.organisationId));
  const sameKind = eq(sessions.device, deviceOf(browser.userAgent));
  const ended = organisation?.oneSession ? await endSessions(transaction, user, "replaced", sameKind) : [];
  return { token: await beginSession(transaction, user, browser), ended };
}
