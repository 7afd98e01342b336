import type { Language } from "@grata/contract/languages";
import { v7 as newId } from "uuid";
import type { Principal } from "../access/principal.ts";
import { requireAccess } from "../access/require-access.ts";
import { newSecret } from "../accounts/secret.ts";
import { findChannel } from "../channels/find-channel.ts";
import { Refusal } from "../refusal.ts";
import type { Storage } from "../storage/storage.ts";
import { customers, visitorTokens } from "./tables.ts";

/** Makes a customer of a web chat who has not said a word yet, and the token that their browser keeps. */
export async function createVisitor(
  storage: Storage,
  principal: Principal,
  input: { channelId: string; language: Language | undefined },
): Promise<{ token: string; customerId: string }> {
  requireAccess(principal, "visitor.create", null);
  const channel = await findChannel(storage, input.channelId);
  if (channel?.kind !== "webchat") throw new Refusal("channel_unknown");
  const { organisationId } = channel;
  const { secret, hash } = newSecret();
  const customerId = newId();
  await storage.inOrganisation(organisationId, async (transaction) => {
    await transaction
      .insert(customers)
      .values({ organisationId, id: customerId, channelId: channel.id, language: input.language ?? null });
    await transaction.insert(visitorTokens).values({ organisationId, tokenHash: hash, customerId });
  });
  return { token: secret, customerId };
}
