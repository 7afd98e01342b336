import type { Language } from "@grata/contract/languages";
import { customerOf } from "../../../domains/customers/identities.ts";
import type { Principal } from "../../../foundation/access/principal.ts";
import { requireAccess } from "../../../foundation/access/require-access.ts";
import { visitorTokens } from "../../../foundation/schema/webchat.ts";
import type { Secrets } from "../../../foundation/secrets/seal.ts";
import { newSecret } from "../../../foundation/secrets/token.ts";
import type { Storage } from "../../../foundation/storage/storage.ts";
import { requireEmbeddable } from "../embedding.ts";
import { findWebChat } from "../find-web-chat.ts";
import { verifyIdentity } from "../verify-identity.ts";
import { findVisitor } from "./find-visitor.ts";

type Input = {
  channelId: string;
  identity: string;
  token?: string | undefined;
  language?: Language | undefined;
  embedder?: string | undefined;
};

/**
 * Makes a browser that of a customer whom the shop vouches for: the same one on every device. Whoever the browser was
 * before stays somebody else; nothing of theirs is moved. Throws `identity_invalid`, `identity_expired`,
 * `identity_not_set_up`.
 */
export async function identifyVisitor(
  storage: Storage,
  secrets: Secrets,
  principal: Principal,
  input: Input,
  isOurs: (origin: string) => boolean,
): Promise<{ token: string; customerId: string }> {
  requireAccess(principal, "visitor.identify", null);
  const { organisationId, id: channelId, settings } = await findWebChat(storage, input.channelId);
  requireEmbeddable(settings.allowedOrigins, input.embedder, isOurs);
  const identity = await verifyIdentity(storage, secrets, { organisationId, channelId }, input.identity);
  const held = input.token === undefined ? null : await findVisitor(storage, channelId, input.token);
  return storage.inOrganisation(organisationId, async (transaction) => {
    const { externalId, name, email } = identity;
    const signed = { kind: "signed", externalId, vouched: true };
    const known = { name, email, language: input.language ?? null };
    const customerId = await customerOf(transaction, { organisationId, channelId }, signed, known);
    if (input.token !== undefined && held?.customerId === customerId) {
      return { token: input.token, customerId };
    }
    const { secret, hash } = newSecret();
    await transaction.insert(visitorTokens).values({ organisationId, tokenHash: hash, customerId });
    return { token: secret, customerId };
  });
}
