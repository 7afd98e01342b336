import type { TagList } from "@grata/contract/customers";
import { and, eq } from "drizzle-orm";
import type { Asker } from "../../../foundation/access/principal.ts";
import { requireUser } from "../../../foundation/access/require-access.ts";
import { tags } from "../../../foundation/schema/customers.ts";
import type { Storage } from "../../../foundation/storage/storage.ts";
import { noteAudit } from "../../audit/note.ts";
import { type Listed, listed } from "../listed.ts";
import { lockTag } from "./find-or-make.ts";
import { readTags } from "./list.ts";

/** Takes a tag from everybody who has it. Throws `tag_unknown`. */
export function deleteTag(storage: Storage, asker: Asker, tagId: string): Promise<Listed<TagList>> {
  const admin = requireUser(asker, "tags.manage");
  const { organisationId } = admin;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const tag = await lockTag(transaction, organisationId, tagId);
    await transaction.delete(tags).where(and(eq(tags.organisationId, organisationId), eq(tags.id, tagId)));
    await noteAudit(transaction, organisationId, admin, "tag.deleted", tag);
    return listed(organisationId, await readTags(transaction, organisationId));
  });
}
