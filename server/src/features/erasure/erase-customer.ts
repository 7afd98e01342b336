import { and, asc, eq, inArray, or, sql } from "drizzle-orm";
import { noteAudit } from "../../domains/audit/note.ts";
import type { Change } from "../../domains/conversations/changes.ts";
import { closeChats } from "../../domains/conversations/close-chats.ts";
import { customerChange } from "../../domains/conversations/customer-change.ts";
import { findPerson, lockOpenChats } from "../../domains/customers/person.ts";
import { referenceOf } from "../../domains/customers/shown.ts";
import { isOfCustomers } from "../../domains/inbox/of-customers.ts";
import { lockOrganisation } from "../../domains/organisations/lock-organisation.ts";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { customerMerges, customers } from "../../foundation/schema/customers.ts";
import { inbox } from "../../foundation/schema/inbox.ts";
import { emptied, rowsOfCustomers } from "../../foundation/schema/personal-columns.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";

/**
 * Begins to erase what is kept of a person, for good: who they are goes at once, their open chats are closed, and what
 * was said is left to the eraser (`eraser.ts`), however much it is. They come back as somebody new. Asking again changes
 * nothing. Throws `customer_unknown`.
 */
export function eraseCustomer(storage: Storage, asker: Asker, customerId: string): Promise<Change[]> {
  const admin = requireUser(asker, "customers.erase");
  const { organisationId, userId, name } = admin;
  return storage.inOrganisation(organisationId, async (transaction) => {
    // Merges take it too: who belongs to the person stays as we read it.
    await lockOrganisation(transaction, admin.organisationId);
    const { survivor, members } = await findPerson(transaction, admin, "customer.read", customerId);
    const ids = members.map(({ id }) => id);
    await lockCustomers(transaction, organisationId, ids);
    if (members.every(({ erasureBeganAt }) => erasureBeganAt !== null)) return [];
    await forgetDetails(transaction, organisationId, ids);
    const target = { id: survivor.id, name: referenceOf(survivor.id) };
    await noteAudit(transaction, organisationId, admin, "customer.erased", target);
    const open = await lockOpenChats(transaction, organisationId, ids);
    const closed = await closeChats(transaction, organisationId, open, { kind: "user", userId, name });
    return [customerChange(organisationId, ids), ...closed];
  });
}

/** Against whoever opens a chat or leaves their address at this moment: they are asked again once this is committed. */
async function lockCustomers(transaction: Transaction, organisationId: string, ids: string[]): Promise<void> {
  await transaction
    .select({ id: customers.id })
    .from(customers)
    .where(and(eq(customers.organisationId, organisationId), inArray(customers.id, ids)))
    .orderBy(asc(customers.id))
    .for("update");
}

async function forgetDetails(transaction: Transaction, organisationId: string, ids: string[]): Promise<void> {
  // By the identities, which go below.
  await transaction.delete(inbox).where(isOfCustomers({ organisationId, customerIds: ids }));
  await transaction
    .update(customers)
    .set({
      ...emptied(customers),
      erasureBeganAt: sql`COALESCE(${customers.erasureBeganAt}, statement_timestamp())`,
    })
    .where(and(eq(customers.organisationId, organisationId), inArray(customers.id, ids)));
  for (const kept of rowsOfCustomers) {
    await transaction
      .delete(kept)
      .where(and(eq(kept.organisationId, organisationId), inArray(kept.customerId, ids)));
  }
  await transaction
    .update(customerMerges)
    .set(emptied(customerMerges))
    .where(
      and(
        eq(customerMerges.organisationId, organisationId),
        or(inArray(customerMerges.survivorId, ids), inArray(customerMerges.mergedId, ids)),
      ),
    );
}
