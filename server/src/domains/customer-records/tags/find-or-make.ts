import { tagsLimit } from "@grata/contract/customers";
import { and, count, eq } from "drizzle-orm";
import { v7 as newId } from "uuid";
import type { User } from "../../../foundation/access/principal.ts";
import { holds } from "../../../foundation/access/roles.ts";
import { Refusal } from "../../../foundation/refusal/refusal.ts";
import { tags } from "../../../foundation/schema/customers.ts";
import type { Transaction } from "../../../foundation/storage/storage.ts";
import { noteAudit } from "../../audit/note.ts";
import { lockOrganisation } from "../../organisations/lock-organisation.ts";
import { nameKey } from "../name-key.ts";

export type StoredTag = typeof tags.$inferSelect;

/** The organisation's tag of this name, made when there is none. Throws `too_many_tags`. */
export async function findOrMakeTag(
  transaction: Transaction,
  user: User & { by: "user"; address: string },
  name: string,
): Promise<StoredTag> {
  const { organisationId } = user;
  const key = nameKey(name);
  const find = async () => {
    const [found] = await transaction
      .select()
      .from(tags)
      .where(and(eq(tags.organisationId, organisationId), eq(tags.key, key)))
      // Nobody deletes it before it is given to somebody.
      .for("key share");
    return found;
  };
  const existing = await find();
  if (existing) return existing;
  await lockOrganisation(transaction, user.organisationId);
  const madeMeanwhile = await find();
  if (madeMeanwhile) return madeMeanwhile;
  const [held] = await transaction
    .select({ tags: count() })
    .from(tags)
    .where(eq(tags.organisationId, organisationId));
  if ((held?.tags ?? 0) >= tagsLimit) throw new Refusal("too_many_tags");
  const [made] = await transaction
    .insert(tags)
    .values({ organisationId, id: newId(), name, key })
    .returning();
  if (!made) throw new Error("An insert returned no row.");
  if (holds(user, "tags.manage")) await noteAudit(transaction, organisationId, user, "tag.created", made);
  return made;
}

/** A tag of this organisation, held until the transaction ends, or `tag_unknown`. */
export async function lockTag(
  transaction: Transaction,
  organisationId: string,
  tagId: string,
): Promise<StoredTag> {
  const [row] = await transaction
    .select()
    .from(tags)
    .where(and(eq(tags.organisationId, organisationId), eq(tags.id, tagId)))
    .for("update");
  if (!row) throw new Refusal("tag_unknown");
  return row;
}
