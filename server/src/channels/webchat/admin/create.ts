import { v7 as newId } from "uuid";
import type { Asker } from "../../../access/principal.ts";
import { requireUser } from "../../../access/require-access.ts";
import { noteAudit } from "../../../audit/note.ts";
import type { Storage } from "../../../storage/storage.ts";
import { channels } from "../../tables.ts";
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
