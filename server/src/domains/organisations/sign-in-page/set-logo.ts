import { eq } from "drizzle-orm";
import type { Asker } from "../../../foundation/access/principal.ts";
import { requireUser } from "../../../foundation/access/require-access.ts";
import { drawPicture, hashOf, type UploadedPicture } from "../../../foundation/images/draw-picture.ts";
import { Refusal } from "../../../foundation/refusal/refusal.ts";
import { logos } from "../../../foundation/schema/organisations.ts";
import type { Storage } from "../../../foundation/storage/storage.ts";
import { differences, noteAudit } from "../../audit/note.ts";
import { lockOrganisation } from "../lock-organisation.ts";
import { presentEntrance, type StoredEntrance } from "./read-entrance.ts";

/** The longest side of what is kept: twice what is shown, for sharp screens. */
const side = 512;

/** Takes a picture as the organisation's logo, drawn anew. Throws what `drawPicture` throws. */
export async function setLogo(
  storage: Storage,
  asker: Asker,
  upload: UploadedPicture,
): Promise<StoredEntrance> {
  requireUser(asker, "organisation.manage");
  const content = await drawPicture(upload, { side, fit: "inside" });
  return keepLogo(storage, asker, { content, hash: hashOf(content) });
}

/** Leaves the organisation without a logo. */
export function removeLogo(storage: Storage, asker: Asker): Promise<StoredEntrance> {
  return keepLogo(storage, asker, null);
}

function keepLogo(
  storage: Storage,
  asker: Asker,
  logo: { content: Buffer; hash: string } | null,
): Promise<StoredEntrance> {
  const admin = requireUser(asker, "organisation.manage");
  const { organisationId } = admin;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const organisation = await lockOrganisation(transaction, organisationId);
    const own = eq(logos.organisationId, organisationId);
    const [former] = await transaction.select({ hash: logos.hash }).from(logos).where(own);
    const changes = differences({ logo: former?.hash ?? null }, { logo: logo?.hash ?? null });
    if (Object.keys(changes).length > 0) {
      await transaction.delete(logos).where(own);
      if (logo) await transaction.insert(logos).values({ organisationId, ...logo });
      await noteAudit(transaction, organisationId, admin, "organisation.changed", organisation, changes);
    }
    return presentEntrance(transaction, organisationId);
  });
}

/** The content of a logo that is shown now; a former one is gone. Throws `route_unknown`. */
export async function readLogo(storage: Storage, organisationId: string, hash: string): Promise<Buffer> {
  const [row] = await storage.system<{ content: Buffer }>("system_logo", [organisationId, hash]);
  if (!row) throw new Refusal("route_unknown");
  return row.content;
}
