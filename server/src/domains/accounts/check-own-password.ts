import { and, eq } from "drizzle-orm";
import type { User } from "../../foundation/access/principal.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { users } from "../../foundation/schema/accounts.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { loseAttempt, takeAttempt } from "./lock.ts";
import { passwordMatches } from "./password.ts";

export const currentPasswordWrong = () =>
  new Refusal("current_password_wrong", { fields: { current: "current_password_wrong" } });

/**
 * Asks a user for their current password before they change how they sign in: whoever finds an open browser does not
 * take the account (ASVS 7.5.1). Wrong guesses count as those at sign-in do; the caller gives the attempt back with
 * `restoreAttempts` in the transaction of the change, or refuses as this does.
 */
export async function checkOwnPassword(storage: Storage, user: User, current: string): Promise<void> {
  const [found] = await storage.inOrganisation(user.organisationId, (transaction) =>
    transaction
      .select({ passwordHash: users.passwordHash })
      .from(users)
      .where(and(eq(users.organisationId, user.organisationId), eq(users.id, user.userId))),
  );
  if (!found) throw new Refusal("sign_in_required");
  const taken = await takeAttempt(storage, user);
  const matches = await passwordMatches(taken === null ? null : found.passwordHash, current);
  if (taken === null) throw currentPasswordWrong();
  if (!matches) {
    await loseAttempt(storage, user, taken);
    throw currentPasswordWrong();
  }
}
