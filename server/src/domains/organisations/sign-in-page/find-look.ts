import { type Look, slug as slugForm } from "@grata/contract/own-entrance";
import { eq } from "drizzle-orm";
import { Refusal } from "../../../foundation/refusal/refusal.ts";
import { logos, organisations } from "../../../foundation/schema/organisations.ts";
import type { Storage } from "../../../foundation/storage/storage.ts";

/** Finds the organisation with this address, as it is written in it. Throws `route_unknown`: there is no such page. */
export async function findOrganisationBySlug(storage: Storage, slug: string): Promise<string> {
  const [row] =
    slugForm.safeParse(slug).data === slug
      ? await storage.system<{ organisation_id: string }>("system_organisation_by_slug", [slug])
      : [];
  if (!row) throw new Refusal("route_unknown");
  return row.organisation_id;
}

/** What the sign-in page of an organisation shows to everybody, at its slug or (null) at its host name. */
export function findLook(storage: Storage, organisationId: string, slug: string | null): Promise<Look> {
  return storage.inOrganisation(organisationId, async (transaction) => {
    const [row] = await transaction
      .select({ name: organisations.name, hash: logos.hash })
      .from(organisations)
      .leftJoin(logos, eq(logos.organisationId, organisations.organisationId))
      .where(eq(organisations.organisationId, organisationId));
    return { slug, name: row?.name ?? "", logo: logoAddress(organisationId, row?.hash ?? null) };
  });
}

/** Where a logo lies on this server. */
export function logoAddress(organisationId: string, hash: string | null): string | null {
  return hash === null ? null : `/api/logo/${organisationId}/${hash}`;
}
