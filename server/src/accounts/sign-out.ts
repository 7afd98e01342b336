import { and, eq } from "drizzle-orm";
import type { User } from "../access/principal.ts";
import { requireAccess } from "../access/require-access.ts";
import type { Storage } from "../storage/storage.ts";
import { sessions } from "./tables.ts";

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
