import { emailAddress } from "@grata/contract/text";
import type { Storage } from "../../foundation/storage/storage.ts";

/** An active user of whatever organisation, locked or not. */
export type Account = { organisationId: string; userId: string; passwordHash: string | null };

type AccountRow = { organisation_id: string; id: string; password_hash: string | null };

/** Finds whose address this is, in whatever case and with whatever spaces around it; null: nobody's who may sign in. */
export async function findAccount(storage: Storage, email: string): Promise<Account | null> {
  const parsed = emailAddress.safeParse(email);
  if (!parsed.success) return null;
  const [row] = await storage.system<AccountRow>("system_account_of", [parsed.data]);
  return row
    ? { organisationId: row.organisation_id, userId: row.id, passwordHash: row.password_hash }
    : null;
}
