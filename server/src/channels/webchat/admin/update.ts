import type { WebChatSettings } from "@grata/contract/web-chat";
import { and, eq } from "drizzle-orm";
import type { Principal } from "../../../access/principal.ts";
import { requireAccess } from "../../../access/require-access.ts";
import { Refusal } from "../../../refusal.ts";
import type { Storage } from "../../../storage/storage.ts";
import { channels } from "../../tables.ts";
import type { StoredWebChat } from "../present.ts";
import { webchatSettings } from "../tables.ts";
import { readWebChat } from "./read.ts";

/** Sets everything that an admin may set of a web chat. Windows take it over when they are next loaded. */
export function updateWebChat(
  storage: Storage,
  principal: Principal,
  channelId: string,
  { name, ...settings }: WebChatSettings,
): Promise<StoredWebChat> {
  requireAccess(principal, "channels.manage", null);
  if (principal.kind !== "user") throw new Refusal("forbidden");
  const { organisationId } = principal;
  return storage.inOrganisation(organisationId, async (transaction) => {
    await readWebChat(transaction, organisationId, channelId);
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
    return readWebChat(transaction, organisationId, channelId);
  });
}
