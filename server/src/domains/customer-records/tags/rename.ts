import type { TagList } from "@grata/contract/customers";
import { and, eq } from "drizzle-orm";
import type { Asker } from "../../../foundation/access/principal.ts";
import { requireUser } from "../../../foundation/access/require-access.ts";
import { Refusal } from "../../../foundation/refusal/refusal.ts";
import { tags } from "../../../foundation/schema/customers.ts";
import { violatedConstraint } from "../../../foundation/storage/database-errors.ts";
import type { Storage } from "../../../foundation/storage/storage.ts";
import { differences, noteAudit } from "../../audit/note.ts";
import { type Listed, listed } from "../listed.ts";
import { nameKey } from "../name-key.ts";
import { lockTag } from "./find-or-make.ts";
import { readTags } from "./list.ts";

/** Gives a tag another name, on every customer who has it. Throws `tag_unknown`, `tag_taken`. */
export async function renameTag(
  storage: Storage,
  asker: Asker,
  tagId: string,
  { name }: { name: string },
): Promise<Listed<TagList>> {
  const admin = requireUser(asker, "tags.manage");
  const { organisationId } = admin;
  try {
    return await storage.inOrganisation(organisationId, async (transaction) => {
      const before = await lockTag(transaction, organisationId, tagId);
      await transaction
        .update(tags)
        .set({ name, key: nameKey(name) })
        .where(and(eq(tags.organisationId, organisationId), eq(tags.id, tagId)));
      const changes = differences({ name: before.name }, { name });
      await noteAudit(transaction, organisationId, admin, "tag.renamed", { id: tagId, name }, changes);
      return listed(organisationId, await readTags(transaction, organisationId));
    });
  } catch (error) {
    throw violatedConstraint(error) === "tags_key" ? new Refusal("tag_taken") : error;
  }
}
