import { eq } from "drizzle-orm";
import type { Asker } from "../../../foundation/access/principal.ts";
import { requireUser } from "../../../foundation/access/require-access.ts";
import { Refusal } from "../../../foundation/refusal/refusal.ts";
import { organisations } from "../../../foundation/schema/organisations.ts";
import { violatedConstraint } from "../../../foundation/storage/database-errors.ts";
import type { Storage } from "../../../foundation/storage/storage.ts";
import { differences, noteAudit } from "../../audit/note.ts";
import { lockOrganisation } from "../lock-organisation.ts";
import { presentEntrance, type StoredEntrance } from "./read-entrance.ts";

/** Sets the address of the organisation's own sign-in page, or takes it away. Throws `slug_reserved`, `slug_taken`. */
export async function setSlug(
  storage: Storage,
  asker: Asker,
  slug: string | null,
  reserved: ReadonlySet<string>,
): Promise<StoredEntrance> {
  const admin = requireUser(asker, "organisation.manage");
  const { organisationId } = admin;
  if (slug !== null && reserved.has(slug)) {
    throw new Refusal("slug_reserved", { fields: { slug: "slug_reserved" } });
  }
  try {
    return await storage.inOrganisation(organisationId, async (transaction) => {
      const organisation = await lockOrganisation(transaction, organisationId);
      if (organisation.slug !== slug) {
        const changes = differences({ slug: organisation.slug }, { slug });
        await transaction
          .update(organisations)
          .set({ slug })
          .where(eq(organisations.organisationId, organisationId));
        await noteAudit(transaction, organisationId, admin, "organisation.changed", organisation, changes);
      }
      return presentEntrance(transaction, organisationId);
    });
  } catch (error) {
    if (violatedConstraint(error) !== "organisations_slug") throw error;
    throw new Refusal("slug_taken", { fields: { slug: "slug_taken" } });
  }
}
