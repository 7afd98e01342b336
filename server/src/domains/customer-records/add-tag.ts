import { tagsOfCustomerLimit } from "@grata/contract/customers";
import { and, count, eq, ne } from "drizzle-orm";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { customerTags } from "../../foundation/schema/customers.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { customerChange } from "../conversations/customer-change.ts";
import { findPerson, lockPerson } from "../customers/person.ts";
import type { Edited } from "./change.ts";
import { noteEdit } from "./note-edit.ts";
import { readDetails } from "./read.ts";
import { findOrMakeTag } from "./tags/find-or-make.ts";

/** Gives a customer a tag by its name; a name that the organisation has not had makes a tag. Throws `too_many_tags_here`, `too_many_tags`. */
export function addTag(
  storage: Storage,
  asker: Asker,
  customerId: string,
  { name }: { name: string },
): Promise<Edited> {
  const user = requireUser(asker, "customers.search");
  const { organisationId } = user;
  return storage.inOrganisation(organisationId, async (transaction) => {
    // Asked before the tag is made; the organisation is locked before the customer.
    await findPerson(transaction, user, "customer.change", customerId);
    const { id: tagId } = await findOrMakeTag(transaction, user, name);
    const person = await lockPerson(transaction, user, "customer.change", customerId);
    const { survivor, members } = person;
    const own = and(
      eq(customerTags.organisationId, organisationId),
      eq(customerTags.customerId, survivor.id),
    );
    const [others] = await transaction
      .select({ tags: count() })
      .from(customerTags)
      .where(and(own, ne(customerTags.tagId, tagId)));
    if ((others?.tags ?? 0) >= tagsOfCustomerLimit) throw new Refusal("too_many_tags_here");
    // One that a merge had brought is now the team's own, and outlives its undoing.
    await transaction
      .insert(customerTags)
      .values({ organisationId, customerId: survivor.id, tagId })
      .onConflictDoUpdate({
        target: [customerTags.organisationId, customerTags.customerId, customerTags.tagId],
        set: { mergeId: null },
      });
    await noteEdit(transaction, user, survivor, ["tags"]);
    const ids = members.map(({ id }) => id);
    return {
      details: await readDetails(transaction, person),
      changes: [customerChange(organisationId, ids)],
    };
  });
}
