import { and, eq } from "drizzle-orm";
import type { Asker } from "../access/principal.ts";
import { requireUser } from "../access/require-access.ts";
import { Refusal } from "../refusal.ts";
import type { Storage } from "../storage/storage.ts";
import type { Edited } from "./change.ts";
import { customerChange } from "./customer-change.ts";
import { noteEdit } from "./note-edit.ts";
import { lockPerson } from "./person.ts";
import { readDetails } from "./read.ts";
import { customerTags, tags } from "./tables.ts";

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
