import { and, eq, inArray } from "drizzle-orm";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { holds } from "../../foundation/access/roles.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { customerNotes } from "../../foundation/schema/customers.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { customerChange } from "../conversations/customer-change.ts";
import { lockPerson } from "../customers/person.ts";
import type { Edited } from "./change.ts";
import { noteEdit } from "./note-edit.ts";
import { readDetails } from "./read.ts";

/** Deletes a note: one's own, or as an admin any (`forbidden`). Throws `note_unknown`. */
export function removeNote(
  storage: Storage,
  asker: Asker,
  customerId: string,
  noteId: string,
): Promise<Edited> {
  const user = requireUser(asker, "customers.search");
  const { organisationId } = user;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const person = await lockPerson(transaction, user, "customer.change", customerId);
    const ids = person.members.map(({ id }) => id);
    const [note] = await transaction
      .delete(customerNotes)
      .where(
        and(
          eq(customerNotes.organisationId, organisationId),
          eq(customerNotes.id, noteId),
          inArray(customerNotes.customerId, ids),
        ),
      )
      .returning({ userId: customerNotes.userId });
    if (!note) throw new Refusal("note_unknown");
    if (note.userId !== user.userId && !holds(user, "notes.removeAny")) throw new Refusal("forbidden");
    await noteEdit(transaction, user, person.survivor, ["notes"]);
    return {
      details: await readDetails(transaction, person),
      changes: [customerChange(organisationId, ids)],
    };
  });
}
