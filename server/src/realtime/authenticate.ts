import type { IncomingMessage } from "node:http";
import { type Language, language } from "@grata/contract/languages";
import { handshake, oldestRealtimeVersion, realtimeVersion } from "@grata/contract/realtime";
import { findVisitor } from "../channels/webchat/visitors/find-visitor.ts";
import { findSession } from "../domains/accounts/session.ts";
import type { User, Visitor } from "../foundation/access/principal.ts";
import { networkOf } from "../foundation/http/address.ts";
import { isWelcome } from "../foundation/http/asker.ts";
import { readSessionToken } from "../foundation/http/session-cookie.ts";
import { Refusal } from "../foundation/refusal/refusal.ts";
import { preferredLanguage } from "../foundation/refusal/sentences.ts";
import type { Connected } from "./context.ts";
import type { RealtimeServices } from "./services.ts";

/**
 * Finds out who connects: a user by the session cookie of the upgrade request, a visitor by the token in the
 * handshake. Throws `version_unknown`, `sign_in_required`,
 * `second_factor_required`, `unavailable`.
 */
export async function authenticate(
  { storage, entrances, ownHosts, addressOf }: RealtimeServices,
  request: IncomingMessage,
  offered: unknown,
  connectionId: string,
): Promise<Connected> {
  if (!isSpoken(fieldOf(offered, "version"))) throw new Refusal("version_unknown");
  const parsed = handshake.safeParse(offered);
  if (!parsed.success) throw new Refusal("request_invalid");
  const network = networkOf(addressOf(request));
  let principal: User | Visitor | null = null;
  switch (parsed.data.as) {
    case "user": {
      const token = readSessionToken(request.headers.cookie, entrances);
      const user = token === null ? undefined : (await findSession(storage, token))?.principal;
      principal = user && isWelcome(user, await ownHosts.find(request.headers.host)) ? user : null;
      break;
    }
    case "visitor":
      principal = await findVisitor(storage, parsed.data.channel, parsed.data.token);
  }
  if (!principal) throw new Refusal("sign_in_required");
  if (principal.kind === "user" && principal.secondFactorMissing) {
    throw new Refusal("second_factor_required");
  }
  const userAgent = request.headers["user-agent"] ?? null;
  return { connectionId, principal, language: languageOf(request, offered), network, userAgent };
}

function isSpoken(version: unknown): boolean {
  return typeof version === "number" && version >= oldestRealtimeVersion && version <= realtimeVersion;
}

/** The language that a client wishes in its handshake, good or bad, else the one of its browser. */
export function languageOf(request: IncomingMessage, offered: unknown): Language {
  const wish = language.safeParse(fieldOf(offered, "language"));
  return wish.data ?? preferredLanguage(request.headers["accept-language"]);
}

function fieldOf(offered: unknown, field: "version" | "language"): unknown {
  return typeof offered === "object" && offered !== null && Object.hasOwn(offered, field)
    ? Reflect.get(offered, field)
    : undefined;
}
