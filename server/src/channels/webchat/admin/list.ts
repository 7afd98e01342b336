import type { Principal } from "../../../foundation/access/principal.ts";
import { requireAccess } from "../../../foundation/access/require-access.ts";
import { Refusal } from "../../../foundation/refusal/refusal.ts";
import type { Storage } from "../../../foundation/storage/storage.ts";
import type { StoredWebChat } from "../present.ts";
import { readWebChats } from "./read.ts";

/** Every web chat of the admin's organisation. */
export function listWebChats(storage: Storage, principal: Principal): Promise<StoredWebChat[]> {
  requireAccess(principal, "channels.manage", null);
  if (principal.kind !== "user") throw new Refusal("forbidden");
  const { organisationId } = principal;
  return storage.inOrganisation(organisationId, (transaction) => readWebChats(transaction, organisationId));
}
