import { attemptsAllowed } from "@grata/contract/sign-in-attempts";
import { and, eq, gte, isNull, lt, sql } from "drizzle-orm";
import { users } from "../../foundation/schema/accounts.ts";
import { organisations } from "../../foundation/schema/organisations.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { noteAudit } from "../audit/note.ts";
import { queueMail } from "../mails/queue-mail.ts";

type Account = { organisationId: string; userId: string };
const isAccount = ({ organisationId, userId }: Account) =>
  and(eq(users.organisationId, organisationId), eq(users.id, userId));

/**
 * Takes one of the account's attempts before the password is looked at, so that guesses at one moment count one by
 * one: committed, the number is gone whatever becomes of the guess. Null: none is left, and the account is locked.
 */
export async function takeAttempt(storage: Storage, account: Account): Promise<number | null> {
  const [row] = await storage.inOrganisation(account.organisationId, (transaction) =>
    transaction
      .update(users)
      .set({ failedAttempts: sql`${users.failedAttempts} + 1` })
      .where(and(isAccount(account), lt(users.failedAttempts, attemptsAllowed)))
      .returning({ failedAttempts: users.failedAttempts }),
  );
  return row?.failedAttempts ?? null;
}

/** The attempt came to nothing. The last one locks for good, and the owner is told by mail, once. */
export async function loseAttempt(storage: Storage, account: Account, attempt: number): Promise<void> {
  if (attempt < attemptsAllowed) return;
  await storage.inOrganisation(account.organisationId, async (transaction) => {
    const [user] = await transaction
      .update(users)
      .set({ lockedAt: sql`now()` })
      .where(and(isAccount(account), gte(users.failedAttempts, attemptsAllowed), isNull(users.lockedAt)))
      .returning();
    if (!user) return;
    const [organisation] = await transaction
      .select({ name: organisations.name })
      .from(organisations)
      .where(eq(organisations.organisationId, account.organisationId));
    const target = { id: user.id, name: user.name };
    await noteAudit(transaction, account.organisationId, { by: "system" }, "user.locked", target);
    await queueMail(transaction, {
      organisationId: account.organisationId,
      kind: "locked",
      recipient: user.email,
      language: user.language,
      parameters: { name: user.name, organisation: organisation?.name ?? "" },
      linkId: null,
    });
  });
}

/**
 * The password was right and the second step is owed: the attempt was none, but those lost before stay lost, so that a
 * known password does not buy more guesses of a code. False: as with `restoreAttempts`.
 */
export async function returnAttempt(transaction: Transaction, account: Account): Promise<boolean> {
  const returned = await transaction
    .update(users)
    .set({ failedAttempts: sql`greatest(${users.failedAttempts} - 1, 0)` })
    .where(and(isAccount(account), eq(users.status, "active"), isNull(users.lockedAt)))
    .returning({ id: users.id });
  return returned.length > 0;
}

/** The attempt was good: all are there again. False: another one has locked the account, or it is not active. */
export async function restoreAttempts(transaction: Transaction, account: Account): Promise<boolean> {
  const restored = await transaction
    .update(users)
    .set({ failedAttempts: 0 })
    .where(and(isAccount(account), eq(users.status, "active"), isNull(users.lockedAt)))
    .returning({ id: users.id });
  return restored.length > 0;
}
