import { and, eq } from "drizzle-orm";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { customerTags, tags } from "../../foundation/schema/customers.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { customerChange } from "../conversations/customer-change.ts";
import { lockPerson } from "../customers/person.ts";
import type { Edited } from "./change.ts";
import { noteEdit } from "./note-edit.ts";
import { readDetails } from "./read.ts";

/** Takes a tag from a customer; one that they do not have is gone already. Throws `tag_unknown`. */
export function removeTag(
  storage: Storage,
  asker: Asker,
  customerId: string,
  tagId: string,
): Promise<Edited> {
  const user = requireUser(asker, "customers.search");
  const { organisationId } = user;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const person = await lockPerson(transaction, user, "customer.change", customerId);
    const { survivor, members } = person;
    const [tag] = await transaction
      .select({ id: tags.id })
      .from(tags)
      .where(and(eq(tags.organisationId, organisationId), eq(tags.id, tagId)));
    if (!tag) throw new Refusal("tag_unknown");
    const removed = await transaction
      .delete(customerTags)
      .where(
        and(
          eq(customerTags.organisationId, organisationId),
          eq(customerTags.customerId, survivor.id),
          eq(customerTags.tagId, tagId),
        ),
      )
      .returning({ id: customerTags.tagId });
    if (removed.length > 0) await noteEdit(transaction, user, survivor, ["tags"]);
    const ids = members.map(({ id }) => id);
    return {
      details: await readDetails(transaction, person),
      changes: [customerChange(organisationId, ids)],
    };
  });
}
