import { and, eq, inArray, sql } from "drizzle-orm";
import { v7 as newId } from "uuid";
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
import { customerChange } from "../conversations/customer-change.ts";
import { moveLines } from "../conversations/lists/move.ts";
import { findPerson, lockOpenChats, lockPerson, type Person } from "../customers/person.ts";
import { referenceOf, shownName } from "../customers/shown.ts";
import { lockOrganisation } from "../organisations/lock-organisation.ts";
import type { Edited } from "./change.ts";
import { readDetails } from "./read.ts";

/**
 * Makes one customer a part of another: the team sees one person with all their chats, tags, notes and fields. What
 * the survivor does not have they get from the other; what both have stays as the survivor has it. Chats, tokens and
 * sockets stay with whoever wrote: each browser goes on with its own chat, both may have an open one, and nobody sees
 * another's words through a mistake. Throws `merge_with_itself`, `customers_merged`, `customer_unknown`.
 */
export function mergeCustomers(
  storage: Storage,
  asker: Asker,
  customerId: string,
  { mergedId }: { mergedId: string },
): Promise<Edited> {
  const user = requireUser(asker, "customers.search");
  const { organisationId } = user;
  if (customerId === mergedId) throw new Refusal("merge_with_itself");
  return storage.inOrganisation(organisationId, async (transaction) => {
    await lockOrganisation(transaction, user.organisationId);
    const { survivor } = await lockPerson(transaction, user, "customer.change", customerId);
    if (survivor.id === mergedId) throw new Refusal("merge_with_itself");
    const merged = await lockPerson(transaction, user, "customer.change", mergedId);
    if (merged.survivor.id !== mergedId) throw new Refusal("customers_merged");
    // Nobody is the same person as the customer of a test.
    if (survivor.testerId !== null || merged.survivor.testerId !== null)
      throw new Refusal("customer_unknown");
    const merge = {
      organisationId,
      id: newId(),
      survivorId: survivor.id,
      mergedId,
      moved: merged.members.map(({ id }) => id),
      filledName: shownName(survivor, null) === null ? shownName(merged.survivor, null) : null,
      filledPhone: survivor.phone === null ? merged.survivor.phone : null,
    };
    await transaction.insert(customerMerges).values({ ...merge, userId: user.userId, userName: user.name });
    await point(transaction, merge);
    await fill(transaction, merge);
    const target = { id: survivor.id, name: referenceOf(survivor.id) };
    const changes = { mergedCustomer: { from: null, to: referenceOf(mergedId) } };
    await noteAudit(transaction, organisationId, user, "customer.merged", target, changes);
    const person = await findPerson(transaction, user, "customer.change", survivor.id);
    const details = await readDetails(transaction, person);
    return { details, changes: await toldOf(transaction, person) };
  });
}

type Merge = {
  organisationId: string;
  id: string;
  survivorId: string;
  mergedId: string;
  moved: string[];
  filledName: string | null;
  filledPhone: string | null;
};

async function point(transaction: Transaction, { organisationId, survivorId, moved }: Merge): Promise<void> {
  await transaction
    .update(customers)
    .set({ mergedInto: survivorId })
    .where(and(eq(customers.organisationId, organisationId), inArray(customers.id, moved)));
}

/** Gives the survivor what they do not have, marked with the merge, so that undoing it takes the same away. */
async function fill(transaction: Transaction, merge: Merge): Promise<void> {
  const { organisationId, id, survivorId, mergedId, filledName, filledPhone } = merge;
  if (filledName !== null || filledPhone !== null) {
    await transaction
      .update(customers)
      .set({
        ...(filledName !== null && { teamName: filledName }),
        ...(filledPhone !== null && { phone: filledPhone }),
      })
      .where(and(eq(customers.organisationId, organisationId), eq(customers.id, survivorId)));
  }
  await transaction.execute(sql`
    INSERT INTO ${customerTags} (organisation_id, customer_id, tag_id, merge_id)
    SELECT organisation_id, ${survivorId}, tag_id, ${id} FROM ${customerTags}
    WHERE organisation_id = ${organisationId} AND customer_id = ${mergedId}
    ON CONFLICT (organisation_id, customer_id, tag_id) DO NOTHING`);
  await transaction.execute(sql`
    INSERT INTO ${customerFieldValues} (organisation_id, customer_id, field_id, value, merge_id)
    SELECT organisation_id, ${survivorId}, field_id, value, ${id} FROM ${customerFieldValues}
    WHERE organisation_id = ${organisationId} AND customer_id = ${mergedId}
    ON CONFLICT (organisation_id, customer_id, field_id) DO NOTHING`);
}

/** Whoever looks at one of them looks again, and the lists show each open chat under its name of now. */
export async function toldOf(transaction: Transaction, ...persons: Person[]): Promise<Edited["changes"]> {
  const { organisationId } = persons[0]?.survivor ?? { organisationId: "" };
  const ids = persons.flatMap(({ members }) => members.map(({ id }) => id));
  const chats = await lockOpenChats(transaction, organisationId, ids);
  return [
    customerChange(organisationId, ids),
    ...(await moveLines(
      transaction,
      organisationId,
      chats.map((chat) => ({ before: chat, after: chat })),
    )),
  ];
}
