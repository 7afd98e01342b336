import { sql } from "drizzle-orm";
import { noteAudit } from "../../../domains/audit/note.ts";
import type { Asker } from "../../../foundation/access/principal.ts";
import { requireUser } from "../../../foundation/access/require-access.ts";
import { webchatSettings } from "../../../foundation/schema/webchat.ts";
import type { Secrets } from "../../../foundation/secrets/seal.ts";
import { newSecret } from "../../../foundation/secrets/token.ts";
import type { Storage } from "../../../foundation/storage/storage.ts";
import type { StoredWebChat } from "../present.ts";
import { defaultSettings } from "../settings.ts";
import { readWebChat } from "./read.ts";

/** How long the former secret is still taken, so that the shop's servers can be changed one after the other. */
const overlap = sql`now() + interval '24 hours'`;

/**
 * Makes the secret with which the shop's server signs its customers' names, and returns it this once. `endFormer`: the
 * one before it ends now, because it has leaked.
 */
export function makeWebChatSecret(
  storage: Storage,
  secrets: Secrets,
  asker: Asker,
  channelId: string,
  input: { endFormer: boolean },
): Promise<{ secret: string; webChat: StoredWebChat }> {
  const admin = requireUser(asker, "channels.manage");
  const { organisationId } = admin;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const { channel } = await readWebChat(transaction, organisationId, channelId);
    const { secret } = newSecret();
    const place = { organisationId, purpose: "webchat.identity", rowId: channelId } as const;
    const made = { secret: await secrets.seal(place, secret), secretMadeAt: sql`now()` };
    await transaction
      .insert(webchatSettings)
      .values({ organisationId, channelId, ...defaultSettings, ...made })
      .onConflictDoUpdate({
        target: [webchatSettings.organisationId, webchatSettings.channelId],
        set: {
          ...made,
          formerSecret: input.endFormer ? null : sql`${webchatSettings.secret}`,
          formerSecretUntil: input.endFormer
            ? null
            : sql`CASE WHEN ${webchatSettings.secret} IS NOT NULL THEN ${overlap} END`,
        },
      });
    await noteAudit(transaction, organisationId, admin, "channel.secret_made", channel);
    return { secret, webChat: await readWebChat(transaction, organisationId, channelId) };
  });
}
