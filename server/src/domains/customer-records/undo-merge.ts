import { and, eq, inArray, sql } from "drizzle-orm";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import {
  customerFieldValues,
  customerMerges,
  customers,
  customerTags,
} from "../../foundation/schema/customers.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { noteAudit } from "../audit/note.ts";
import type { Change } from "../conversations/changes.ts";
import { lockPerson, type Person, readPerson } from "../customers/person.ts";
import { referenceOf } from "../customers/shown.ts";
import { lockOrganisation } from "../organisations/lock-organisation.ts";
import { toldOf } from "./merge.ts";

type Merge = typeof customerMerges.$inferSelect;

/**
 * Takes a merge back: both are who they were, and what the survivor got by it is gone again. What the team wrote down
 * since stays with the survivor. Throws `merge_unknown`, `merge_undone`, and `merge_built_upon` where the two were
 * merged with a third one since.
 */
export function undoMerge(
  storage: Storage,
  asker: Asker,
  { customerId, mergeId }: { customerId: string; mergeId: string },
): Promise<Change[]> {
  const user = requireUser(asker, "customers.search");
  const { organisationId } = user;
  return storage.inOrganisation(organisationId, async (transaction) => {
    await lockOrganisation(transaction, user.organisationId);
    const person = await lockPerson(transaction, user, "customer.change", customerId);
    const merge = await findMerge(transaction, person, mergeId);
    await transaction
      .update(customerMerges)
      .set({ undoneAt: sql`statement_timestamp()` })
      .where(and(eq(customerMerges.organisationId, organisationId), eq(customerMerges.id, mergeId)));
    await part(transaction, merge);
    const target = { id: merge.survivorId, name: referenceOf(merge.survivorId) };
    const changes = { mergedCustomer: { from: referenceOf(merge.mergedId), to: null } };
    await noteAudit(transaction, organisationId, user, "customer.unmerged", target, changes);
    const again = [
      await readPerson(transaction, organisationId, merge.survivorId),
      await readPerson(transaction, organisationId, merge.mergedId),
    ];
    return toldOf(transaction, ...again.filter((one) => one !== undefined));
  });
}

/** A merge into this person that can be undone. */
async function findMerge(transaction: Transaction, person: Person, mergeId: string): Promise<Merge> {
  const { survivor, members } = person;
  const [merge] = await transaction
    .select()
    .from(customerMerges)
    .where(and(eq(customerMerges.organisationId, survivor.organisationId), eq(customerMerges.id, mergeId)));
  if (!merge || !members.some(({ id }) => id === merge.survivorId)) throw new Refusal("merge_unknown");
  if (merge.undoneAt !== null) throw new Refusal("merge_undone");
  if (merge.survivorId !== survivor.id) throw new Refusal("merge_built_upon");
  return merge;
}

async function part(transaction: Transaction, merge: Merge): Promise<void> {
  const { organisationId, id, survivorId, mergedId, moved, filledName, filledPhone } = merge;
  await transaction
    .update(customers)
    .set({ mergedInto: sql`CASE WHEN ${customers.id} = ${mergedId} THEN NULL ELSE ${mergedId}::uuid END` })
    .where(and(eq(customers.organisationId, organisationId), inArray(customers.id, moved)));
  // Whatever the team has changed meanwhile is its own word.
  await transaction
    .update(customers)
    .set({
      teamName: sql`CASE WHEN ${customers.teamName} = ${filledName}::text THEN NULL ELSE ${customers.teamName} END`,
      phone: sql`CASE WHEN ${customers.phone} = ${filledPhone}::text THEN NULL ELSE ${customers.phone} END`,
    })
    .where(and(eq(customers.organisationId, organisationId), eq(customers.id, survivorId)));
  for (const brought of [customerTags, customerFieldValues]) {
    await transaction
      .delete(brought)
      .where(
        and(
          eq(brought.organisationId, organisationId),
          eq(brought.customerId, survivorId),
          eq(brought.mergeId, id),
        ),
      );
  }
}
