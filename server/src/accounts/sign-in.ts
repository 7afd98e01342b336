import { emailAddress } from "@grata/contract/text";
import type { Principal } from "../access/principal.ts";
import { requireAccess } from "../access/require-access.ts";
import { Refusal } from "../refusal.ts";
import type { Storage } from "../storage/storage.ts";
import { passwordMatches } from "./password.ts";
import { beginSession } from "./session.ts";

type UserRow = { organisation_id: string; id: string; password_hash: string | null };

/**
 * Signs in by e-mail address and password and returns the new session's token. An unknown address, a wrong password
 * and an account that cannot sign in are one and the same refusal, `credentials_wrong`, after the same work.
 */
export async function signIn(
  storage: Storage,
  principal: Principal,
  input: { email: string; password: string; userAgent: string },
): Promise<string> {
  requireAccess(principal, "session.create", null);
  const email = emailAddress.safeParse(input.email);
  const rows = email.success ? await storage.system<UserRow>("system_user_by_email", [email.data]) : [];
  const user = rows[0];
  const matches = await passwordMatches(user?.password_hash ?? null, input.password);
  if (!user || !matches) throw new Refusal("credentials_wrong");
  return storage.inOrganisation(user.organisation_id, (transaction) =>
    beginSession(transaction, { organisationId: user.organisation_id, userId: user.id }, input.userAgent),
  );
}
