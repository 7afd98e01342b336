import type { TagList } from "@grata/contract/customers";
import { and, eq, sql } from "drizzle-orm";
import type { Asker } from "../../../foundation/access/principal.ts";
import { requireUser } from "../../../foundation/access/require-access.ts";
import { Refusal } from "../../../foundation/refusal/refusal.ts";
import { customerTags, tags } from "../../../foundation/schema/customers.ts";
import type { Storage } from "../../../foundation/storage/storage.ts";
import { noteAudit } from "../../audit/note.ts";
import { lockOrganisation } from "../../organisations/lock-organisation.ts";
import { type Listed, listed } from "../listed.ts";
import { lockTag } from "./find-or-make.ts";
import { readTags } from "./list.ts";

/** Whoever has the one tag has the other one then, and the first is gone. Throws `tag_unknown`, `tag_taken`. */
export function mergeTags(
  storage: Storage,
  asker: Asker,
  tagId: string,
  { into }: { into: string },
): Promise<Listed<TagList>> {
  const admin = requireUser(asker, "tags.manage");
  const { organisationId } = admin;
  if (into === tagId) throw new Refusal("tag_taken");
  return storage.inOrganisation(organisationId, async (transaction) => {
    await lockOrganisation(transaction, admin.organisationId);
    const from = await lockTag(transaction, organisationId, tagId);
    const to = await lockTag(transaction, organisationId, into);
    await transaction.execute(sql`
      INSERT INTO customer_tags (organisation_id, customer_id, tag_id, merge_id, created_at)
      SELECT organisation_id, customer_id, ${to.id}, merge_id, created_at FROM ${customerTags}
      WHERE organisation_id = ${organisationId} AND tag_id = ${from.id}
      ORDER BY customer_id
      ON CONFLICT (organisation_id, customer_id, tag_id) DO NOTHING`);
    await transaction.delete(tags).where(and(eq(tags.organisationId, organisationId), eq(tags.id, from.id)));
    const changes = { name: { from: from.name, to: to.name } };
    await noteAudit(transaction, organisationId, admin, "tag.merged", to, changes);
    return listed(organisationId, await readTags(transaction, organisationId));
  });
}
