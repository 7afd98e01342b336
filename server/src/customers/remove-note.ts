import { and, eq, inArray } from "drizzle-orm";
import type { Asker } from "../access/principal.ts";
import { requireUser } from "../access/require-access.ts";
import { holds } from "../access/roles.ts";
import { Refusal } from "../refusal.ts";
import type { Storage } from "../storage/storage.ts";
import type { Edited } from "./change.ts";
import { customerChange } from "./customer-change.ts";
import { noteEdit } from "./note-edit.ts";
import { lockPerson } from "./person.ts";
import { readDetails } from "./read.ts";
import { customerNotes } from "./tables.ts";

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
