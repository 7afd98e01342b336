import { eq } from "drizzle-orm";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { organisations } from "../../foundation/schema/organisations.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";

/**
 * Makes what is counted, joined or set for an organisation as a whole come one after the other. Before the locks of its
 * customers and conversations.
 */
export async function lockOrganisation(
  transaction: Transaction,
  organisationId: string,
): Promise<{ id: string; name: string; slug: string | null }> {
  const [organisation] = await transaction
    .select({ id: organisations.organisationId, name: organisations.name, slug: organisations.slug })
    .from(organisations)
    .where(eq(organisations.organisationId, organisationId))
    .for("no key update");
  if (!organisation) throw new Refusal("sign_in_required");
  return organisation;
}
