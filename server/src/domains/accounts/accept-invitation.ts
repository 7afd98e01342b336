import type { PasswordByLink } from "@grata/contract/account";
import { and, eq } from "drizzle-orm";
import type { Browser, Principal } from "../../foundation/access/principal.ts";
import { requireAccess } from "../../foundation/access/require-access.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { users } from "../../foundation/schema/accounts.ts";
import type { Storage } from "../../foundation/storage/storage.ts";
import { noteAudit } from "../audit/note.ts";
import { type Entered, enter } from "./enter.ts";
import { useLink } from "./links.ts";
import { hashPassword, refuseGuessable } from "./password.ts";

/**
 * Sets the first password of somebody who was invited, and signs them in. Works once; under an organisation's own host
 * name (`within`) only for its members.
 */
export function acceptInvitation(
  storage: Storage,
  principal: Principal,
  { token, password, within, browser }: PasswordByLink & { within: string | null; browser: Browser },
): Promise<Entered> {
  requireAccess(principal, "invitation.accept", null);
  return useLink(
    storage,
    "invitation",
    token,
    ({ user, organisationName }) => {
      if (within !== null && user.organisationId !== within) throw new Refusal("invitation_invalid");
      refuseGuessable(password, { email: user.email, names: [user.name, organisationName] });
      return hashPassword(password);
    },
    async (transaction, { user }, passwordHash) => {
      const { organisationId, id: userId, name } = user;
      await transaction
        .update(users)
        .set({ status: "active", passwordHash, failedAttempts: 0, lockedAt: null })
        .where(and(eq(users.organisationId, organisationId), eq(users.id, userId)));
      const actor = { by: "user", userId, name, address: browser.address } as const;
      await noteAudit(transaction, organisationId, actor, "invitation.accepted", { id: userId, name });
      return enter(transaction, { organisationId, userId }, browser);
    },
  );
}
