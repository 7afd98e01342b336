import { notesOfCustomerLimit } from "@grata/contract/customers";
import { and, count, eq } from "drizzle-orm";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { customerNotes } from "../../foundation/schema/customers.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { customerChange } from "../conversations/customer-change.ts";
import { lockPerson } from "../customers/person.ts";
import type { Edited } from "./change.ts";
import { noteEdit } from "./note-edit.ts";
import { readDetails } from "./read.ts";

/** Writes a note about a customer, for the team only. The same id again adds nothing. Throws `too_many_notes`. */
export function addNote(
  storage: Storage,
  asker: Asker,
  customerId: string,
  { id, text }: { id: string; text: string },
): Promise<Edited> {
  const user = requireUser(asker, "customers.search");
  const { organisationId, userId, name: userName } = user;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const person = await lockPerson(transaction, user, "customer.change", customerId);
    const { survivor, members } = person;
    const [held] = await transaction
      .select({ notes: count() })
      .from(customerNotes)
      .where(
        and(eq(customerNotes.organisationId, organisationId), eq(customerNotes.customerId, survivor.id)),
      );
    const added = await transaction
      .insert(customerNotes)
      .values({ organisationId, id, customerId: survivor.id, text, userId, userName })
      .onConflictDoNothing()
      .returning({ id: customerNotes.id });
    if (added.length > 0 && (held?.notes ?? 0) >= notesOfCustomerLimit) throw new Refusal("too_many_notes");
    if (added.length > 0) await noteEdit(transaction, user, survivor, ["notes"]);
    const details = await readDetails(transaction, person);
    const ids = members.map((member) => member.id);
    return { details, changes: added.length > 0 ? [customerChange(organisationId, ids)] : [] };
  });
}
