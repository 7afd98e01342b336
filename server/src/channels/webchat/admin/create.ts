import { v7 as newId } from "uuid";
import type { Principal } from "../../../access/principal.ts";
import { requireAccess } from "../../../access/require-access.ts";
import { Refusal } from "../../../refusal.ts";
import type { Storage } from "../../../storage/storage.ts";
import { channels } from "../../tables.ts";
import type { StoredWebChat } from "../present.ts";
import { readWebChat } from "./read.ts";

/** Makes a web chat with the settings that it has by default. */
export function createWebChat(
  storage: Storage,
  principal: Principal,
  input: { name: string },
): Promise<StoredWebChat> {
  requireAccess(principal, "channels.manage", null);
  if (principal.kind !== "user") throw new Refusal("forbidden");
  const { organisationId } = principal;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const id = newId();
    await transaction.insert(channels).values({ organisationId, id, kind: "webchat", name: input.name });
    return readWebChat(transaction, organisationId, id);
  });
}
