import { v7 as newId } from "uuid";
import { noteAudit } from "../../../domains/audit/note.ts";
import type { Asker } from "../../../foundation/access/principal.ts";
import { requireUser } from "../../../foundation/access/require-access.ts";
import { channels } from "../../../foundation/schema/channels.ts";
import type { Storage } from "../../../foundation/storage/storage.ts";
import type { StoredWebChat } from "../present.ts";
import { readWebChat } from "./read.ts";

/** Makes a web chat with the settings that it has by default. */
export function createWebChat(
  storage: Storage,
  asker: Asker,
  input: { name: string },
): Promise<StoredWebChat> {
  const admin = requireUser(asker, "channels.manage");
  const { organisationId } = admin;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const id = newId();
    await transaction.insert(channels).values({ organisationId, id, kind: "webchat", name: input.name });
    await noteAudit(transaction, organisationId, admin, "channel.created", { id, name: input.name });
    return readWebChat(transaction, organisationId, id);
  });
}
