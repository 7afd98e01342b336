import type { Language } from "@grata/contract/languages";
import { v7 as newId } from "uuid";
import type { Principal } from "../../../foundation/access/principal.ts";
import { requireAccess } from "../../../foundation/access/require-access.ts";
import { customers } from "../../../foundation/schema/customers.ts";
import { visitorTokens } from "../../../foundation/schema/webchat.ts";
import { newSecret } from "../../../foundation/secrets/token.ts";
import type { Storage } from "../../../foundation/storage/storage.ts";
import { requireEmbeddable } from "../embedding.ts";
import { findWebChat } from "../find-web-chat.ts";

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
