import type { OwnSettings } from "@grata/contract/http";
import { and, eq } from "drizzle-orm";
import type { Principal } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { users } from "../../foundation/schema/accounts.ts";
import type { Storage } from "../../foundation/storage/storage.ts";

/** Keeps what the signed-in user chose for themselves, whatever browser they sign in with next. */
export async function changeOwnSettings(
  storage: Storage,
  principal: Principal,
  { language, timeZone, notifications }: OwnSettings,
): Promise<void> {
  const { organisationId, userId } = requireUser(principal, "session.change");
  if (language === undefined && timeZone === undefined && notifications === undefined) return;
  await storage.inOrganisation(organisationId, (transaction) =>
    transaction
      .update(users)
      .set({ language, timeZone, notifications })
      .where(and(eq(users.organisationId, organisationId), eq(users.id, userId))),
  );
}
