import type { MailKind } from "@grata/contract/mails";
import { and, eq } from "drizzle-orm";
import { users } from "../../../foundation/schema/accounts.ts";
import { organisations } from "../../../foundation/schema/organisations.ts";
import type { Transaction } from "../../../foundation/storage/storage.ts";
import { queueMail } from "../../mails/queue-mail.ts";
import type { FactorOwner } from "./steps.ts";

type FactorMail = Extract<MailKind, `${string}_added` | `${string}_removed` | "factor_reset">;

/** Tells the owner by mail, in their language, that the way into their account has changed. */
export async function tellOwner(
  transaction: Transaction,
  { organisationId, userId }: FactorOwner,
  kind: FactorMail,
  passkey?: string,
): Promise<void> {
  const [owner] = await transaction
    .select({
      name: users.name,
      email: users.email,
      language: users.language,
      organisation: organisations.name,
    })
    .from(users)
    .innerJoin(organisations, eq(organisations.organisationId, users.organisationId))
    .where(and(eq(users.organisationId, organisationId), eq(users.id, userId)));
  if (!owner) return;
  const { name, organisation, email, language } = owner;
  await queueMail(transaction, {
    organisationId,
    kind,
    recipient: email,
    language,
    parameters: { name, organisation, ...(passkey !== undefined && { passkey }) },
    linkId: null,
  });
}
