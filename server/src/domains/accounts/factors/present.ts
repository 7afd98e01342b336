import type { Passkey } from "@grata/contract/second-factor";
import type { passkeys } from "../../../foundation/schema/factors.ts";

/** A passkey as its owner sees it. */
export function presentPasskey(passkey: typeof passkeys.$inferSelect): Passkey {
  return {
    id: passkey.id,
    name: passkey.name,
    host: passkey.host,
    createdAt: passkey.createdAt.getTime(),
    lastUsedAt: passkey.lastUsedAt?.getTime() ?? null,
  };
}
