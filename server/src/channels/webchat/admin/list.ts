import type { Principal } from "../../../foundation/access/principal.ts";
import { requireTeam } from "../../../foundation/access/require-access.ts";
import type { Storage } from "../../../foundation/storage/storage.ts";
import type { StoredWebChat } from "../present.ts";
import { readWebChats } from "./read.ts";

/** Every web chat of the admin's organisation. */
export function listWebChats(storage: Storage, principal: Principal): Promise<StoredWebChat[]> {
  const { organisationId } = requireTeam(principal, "channels.manage");
  return storage.inOrganisation(organisationId, (transaction) => readWebChats(transaction, organisationId));
}
