import { and, eq, isNotNull, type SQL } from "drizzle-orm";
import { absences, users } from "../../../foundation/schema/accounts.ts";
import type { Transaction } from "../../../foundation/storage/storage.ts";

type Agent = { organisationId: string; userId: string };

/** Locks the absence of an agent, so that nobody notes their return meanwhile. Undefined: they are there. */
export async function holdAbsence(transaction: Transaction, { organisationId, userId }: Agent, which?: SQL) {
  const [held] = await transaction
    .select({ id: users.id, name: users.name })
    .from(absences)
    .innerJoin(users, and(eq(users.organisationId, absences.organisationId), eq(users.id, absences.userId)))
    .where(
      and(
        eq(absences.organisationId, organisationId),
        eq(absences.userId, userId),
        isNotNull(absences.since),
        which,
      ),
    )
    .for("no key update", { of: absences });
  return held;
}
