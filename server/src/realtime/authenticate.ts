import type { IncomingMessage } from "node:http";
import { handshake, realtimeVersion } from "@grata/contract/realtime";
import type { Principal } from "../access/principal.ts";
import { findSession } from "../accounts/session.ts";
import { findVisitor } from "../customers/find-visitor.ts";
import { networkOf } from "../http/address.ts";
import type { Services } from "../http/context.ts";
import { readSessionToken } from "../http/session-cookie.ts";
import { Refusal } from "../refusal.ts";
import { preferredLanguage } from "../sentences.ts";
import type { Connected } from "./context.ts";

/**
 * Finds out who connects: a user by the session cookie of the upgrade request, a visitor by the token in the
 * handshake. Throws `version_unknown`, `sign_in_required`, `unavailable`.
 */
export async function authenticate(
  { storage, entrances, addressOf }: Services,
  request: IncomingMessage,
  offered: unknown,
  connectionId: string,
): Promise<Connected> {
  if (versionOf(offered) !== realtimeVersion) throw new Refusal("version_unknown");
  const parsed = handshake.safeParse(offered);
  if (!parsed.success) throw new Refusal("request_invalid");
  const network = networkOf(addressOf(request));
  const language = parsed.data.language ?? preferredLanguage(request.headers["accept-language"]);
  let principal: Exclude<Principal, { kind: "nobody" }> | null = null;
  switch (parsed.data.as) {
    case "user": {
      const token = readSessionToken(request.headers.cookie, entrances);
      principal = token === null ? null : ((await findSession(storage, token))?.principal ?? null);
      break;
    }
    case "visitor":
      principal = await findVisitor(storage, parsed.data.channel, parsed.data.token);
  }
  if (!principal) throw new Refusal("sign_in_required");
  return { connectionId, principal, language, network };
}

function versionOf(offered: unknown): unknown {
  return typeof offered === "object" && offered !== null && "version" in offered
    ? offered.version
    : undefined;
}
