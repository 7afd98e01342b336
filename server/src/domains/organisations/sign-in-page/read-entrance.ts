import type { OwnEntrance } from "@grata/contract/own-entrance";
import { eq } from "drizzle-orm";
import type { Asker } from "../../../foundation/access/principal.ts";
import { requireUser } from "../../../foundation/access/require-access.ts";
import { Refusal } from "../../../foundation/refusal/refusal.ts";
import { logos, organisations, ownHosts } from "../../../foundation/schema/organisations.ts";
import type { Storage, Transaction } from "../../../foundation/storage/storage.ts";
import { logoAddress } from "./find-look.ts";

/** What an admin sees of their organisation's own way in; the entrances are added by the route. */
export type StoredEntrance = Omit<OwnEntrance, "entrances">;

/** The own address, logo and host name of the admin's organisation. */
export function readOwnEntrance(storage: Storage, asker: Asker): Promise<StoredEntrance> {
  const { organisationId } = requireUser(asker, "organisation.manage");
  return storage.inOrganisation(organisationId, (transaction) =>
    presentEntrance(transaction, organisationId),
  );
}

/** The same within a transaction that has just changed it. */
export async function presentEntrance(
  transaction: Transaction,
  organisationId: string,
): Promise<StoredEntrance> {
  const [row] = await transaction
    .select({ slug: organisations.slug, hash: logos.hash, host: ownHosts })
    .from(organisations)
    .leftJoin(logos, eq(logos.organisationId, organisations.organisationId))
    .leftJoin(ownHosts, eq(ownHosts.organisationId, organisations.organisationId))
    .where(eq(organisations.organisationId, organisationId));
  if (!row) throw new Refusal("sign_in_required");
  const { slug, hash, host } = row;
  return {
    slug,
    logo: logoAddress(organisationId, hash),
    host: host && {
      name: host.host,
      verified: host.verifiedAt !== null,
      record: { name: recordName(host.host), value: host.token },
    },
  };
}

/** Where the owner of a host name puts the proof. */
export const recordName = (host: string) => `_grata.${host}`;
