import type { SecondStep } from "@grata/contract/second-factor";
import { and, eq, isNotNull, isNull } from "drizzle-orm";
import { authenticators, passkeys, recoveryCodes } from "../../../foundation/schema/factors.ts";
import type { Transaction } from "../../../foundation/storage/storage.ts";

export type FactorOwner = { organisationId: string; userId: string };

type OwnedTable = typeof authenticators | typeof passkeys | typeof recoveryCodes;
/** The rows of a user in one of the tables of factors. */
export const ownedBy = (table: OwnedTable, { organisationId, userId }: FactorOwner) =>
  and(eq(table.organisationId, organisationId), eq(table.userId, userId));

/** The ways in which a user can take the second step, the usual first; none: they have no second factor. */
export async function stepsOf(transaction: Transaction, user: FactorOwner): Promise<SecondStep[]> {
  const [app] = await transaction
    .select({ userId: authenticators.userId })
    .from(authenticators)
    .where(and(ownedBy(authenticators, user), isNotNull(authenticators.confirmedAt)));
  const [key] = await transaction
    .select({ id: passkeys.id })
    .from(passkeys)
    .where(ownedBy(passkeys, user))
    .limit(1);
  if (!app && !key) return [];
  const [code] = await transaction
    .select({ userId: recoveryCodes.userId })
    .from(recoveryCodes)
    .where(and(ownedBy(recoveryCodes, user), isNull(recoveryCodes.usedAt)))
    .limit(1);
  return [
    ...(key ? (["passkey"] as const) : []),
    ...(app ? (["authenticator"] as const) : []),
    ...(code ? (["recovery"] as const) : []),
  ];
}
