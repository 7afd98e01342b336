import { and, eq } from "drizzle-orm";
import type { User } from "../../foundation/access/principal.ts";
import { requireAccess } from "../../foundation/access/require-access.ts";
import { sessions } from "../../foundation/schema/accounts.ts";
import type { Storage } from "../../foundation/storage/storage.ts";

/** Ends the session that asks. Its sockets are ended by whoever called this. */
export async function signOut(storage: Storage, principal: User): Promise<void> {
  requireAccess(principal, "session.end", null);
  await storage.inOrganisation(principal.organisationId, (transaction) =>
    transaction
      .delete(sessions)
      .where(
        and(eq(sessions.organisationId, principal.organisationId), eq(sessions.id, principal.sessionId)),
      ),
  );
}
