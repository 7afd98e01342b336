import type { WebChatSettings } from "@grata/contract/web-chat";
import { and, eq } from "drizzle-orm";
import { differences, noteAudit } from "../../../domains/audit/note.ts";
import type { Asker } from "../../../foundation/access/principal.ts";
import { requireUser } from "../../../foundation/access/require-access.ts";
import { channels } from "../../../foundation/schema/channels.ts";
import { webchatSettings } from "../../../foundation/schema/webchat.ts";
import type { Storage } from "../../../foundation/storage/storage.ts";
import type { StoredWebChat } from "../present.ts";
import { completeSettings } from "../settings.ts";
import { readWebChat } from "./read.ts";

/** Sets everything that an admin may set of a web chat. Windows take it over when they are next loaded. */
export function updateWebChat(
  storage: Storage,
  asker: Asker,
  channelId: string,
  { name, ...settings }: WebChatSettings,
): Promise<StoredWebChat> {
  const admin = requireUser(asker, "channels.manage");
  const { organisationId } = admin;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const { channel, stored } = await readWebChat(transaction, organisationId, channelId);
    await transaction
      .update(channels)
      .set({ name })
      .where(and(eq(channels.organisationId, organisationId), eq(channels.id, channelId)));
    const values = { ...settings, allowedOrigins: [...new Set(settings.allowedOrigins)] };
    await transaction
      .insert(webchatSettings)
      .values({ organisationId, channelId, ...values })
      .onConflictDoUpdate({
        target: [webchatSettings.organisationId, webchatSettings.channelId],
        set: values,
      });
    const before = completeSettings(channel.name, stored);
    const changes = differences(before, { name, ...values });
    await noteAudit(transaction, organisationId, admin, "channel.changed", { id: channelId, name }, changes);
    return readWebChat(transaction, organisationId, channelId);
  });
}
