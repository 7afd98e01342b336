import { and, eq } from "drizzle-orm";
import type { Asker } from "../../../foundation/access/principal.ts";
import { Refusal } from "../../../foundation/refusal/refusal.ts";
import { passkeys } from "../../../foundation/schema/factors.ts";
import type { Storage } from "../../../foundation/storage/storage.ts";
import { noteAudit } from "../../audit/note.ts";
import { changeFactor } from "./change-factor.ts";
import { dropCodesWithoutFactor } from "./recovery-codes.ts";
import { ownedBy } from "./steps.ts";
import { tellOwner } from "./tell-owner.ts";

/** Removes one of one's own passkeys. Somebody else's does not exist (`passkey_unknown`). */
export function removePasskey(
  storage: Storage,
  asker: Asker,
  passkeyId: string,
  current: string,
): Promise<void> {
  return changeFactor(storage, asker, current, async (transaction, owner) => {
    const [removed] = await transaction
      .delete(passkeys)
      .where(and(ownedBy(passkeys, owner), eq(passkeys.id, passkeyId)))
      .returning({ name: passkeys.name });
    if (!removed) throw new Refusal("passkey_unknown");
    await dropCodesWithoutFactor(transaction, owner);
    const target = { id: owner.userId, name: owner.name };
    const changes = { passkey: { from: removed.name, to: null } };
    await noteAudit(transaction, owner.organisationId, owner, "factor.passkey_removed", target, changes);
    await tellOwner(transaction, owner, "passkey_removed", removed.name);
  });
}
