import type { AgentIdentity } from "@grata/contract/agent-identities";
import type { IdentityWorld } from "@grata/contract/shown-as";
import type { Asker } from "../../foundation/access/principal.ts";
import { requireUser } from "../../foundation/access/require-access.ts";
import { drawPicture, hashOf, type UploadedPicture } from "../../foundation/images/draw-picture.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { agentIdentities, avatars } from "../../foundation/schema/agent-identities.ts";
import type { Storage, Transaction } from "../../foundation/storage/storage.ts";
import { differences, noteAudit } from "../audit/note.ts";
import { byId, lockIdentity, readIdentity, type StoredIdentity } from "./find.ts";

/** The side of what is kept: a web chat shows it small; WeChat asks for pictures of this size. */
const sides: Record<IdentityWorld, number> = { webchat: 256, wechat: 640 };

/** Gives an identity a face, drawn anew. Throws `agent_identity_unknown` and what `drawPicture` throws. */
export async function setAvatar(
  storage: Storage,
  asker: Asker,
  id: string,
  upload: UploadedPicture,
): Promise<AgentIdentity> {
  const { organisationId } = requireUser(asker, "team.manage");
  // Drawing takes its time: nothing is held meanwhile. An identity never changes its world.
  const { world } = await storage.inOrganisation(organisationId, (transaction) =>
    lockIdentity(transaction, organisationId, id),
  );
  const content = await drawPicture(upload, { side: sides[world], fit: "cover" });
  return keepAvatar(storage, asker, id, async (transaction) => {
    const hash = hashOf(organisationId, content);
    await transaction.insert(avatars).values({ organisationId, hash, content }).onConflictDoNothing();
    return hash;
  });
}

/** Leaves an identity without a face. Throws `agent_identity_unknown`. */
export function removeAvatar(storage: Storage, asker: Asker, id: string): Promise<AgentIdentity> {
  return keepAvatar(storage, asker, id, async () => null);
}

function keepAvatar(
  storage: Storage,
  asker: Asker,
  id: string,
  keep: (transaction: Transaction) => Promise<StoredIdentity["avatar"]>,
): Promise<AgentIdentity> {
  const admin = requireUser(asker, "team.manage");
  const { organisationId } = admin;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const { names, ...before } = await lockIdentity(transaction, organisationId, id);
    const avatar = await keep(transaction);
    const changes = differences({ avatar: before.avatar }, { avatar });
    if (Object.keys(changes).length > 0) {
      await transaction.update(agentIdentities).set({ avatar }).where(byId(organisationId, id));
      const target = { id, name: names[0]?.name ?? "" };
      await noteAudit(transaction, organisationId, admin, "identity.changed", target, changes);
    }
    return readIdentity(transaction, organisationId, id);
  });
}

/** The picture at a public address: also a former one, as long as there may be a message that shows it. Throws `route_unknown`. */
export async function readAvatar(storage: Storage, hash: string): Promise<Buffer> {
  const [row] = await storage.system<{ content: Buffer }>("system_avatar", [hash]);
  if (!row) throw new Refusal("route_unknown");
  return row.content;
}
