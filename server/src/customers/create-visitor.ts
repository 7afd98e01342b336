import type { Language } from "@grata/contract/languages";
import { v7 as newId } from "uuid";
import type { Principal } from "../access/principal.ts";
import { requireAccess } from "../access/require-access.ts";
import { newSecret } from "../accounts/secret.ts";
import { requireEmbeddable } from "../channels/webchat/embedding.ts";
import { findWebChat } from "../channels/webchat/find-web-chat.ts";
import type { Storage } from "../storage/storage.ts";
import { customers, visitorTokens } from "./tables.ts";

/** Makes a customer of a web chat who has not said a word yet, and the token that their browser keeps. */
export async function createVisitor(
  storage: Storage,
  principal: Principal,
  input: {
    channelId: string;
    language: Language | undefined;
    /** The origin of the page around the window, as the window saw it; undefined when there is none. */
    embedder: string | undefined;
  },
  isOurs: (origin: string) => boolean,
): Promise<{ token: string; customerId: string }> {
  requireAccess(principal, "visitor.create", null);
  const { organisationId, id: channelId, settings } = await findWebChat(storage, input.channelId);
  requireEmbeddable(settings.allowedOrigins, input.embedder, isOurs);
  const { secret, hash } = newSecret();
  const customerId = newId();
  await storage.inOrganisation(organisationId, async (transaction) => {
    await transaction
      .insert(customers)
      .values({ organisationId, id: customerId, channelId, language: input.language ?? null });
    await transaction.insert(visitorTokens).values({ organisationId, tokenHash: hash, customerId });
  });
  return { token: secret, customerId };
}
