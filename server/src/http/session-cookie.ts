import { fastifyCookie } from "@fastify/cookie";
import type { FastifyReply, FastifyRequest } from "fastify";
import { sessionLifetimeSeconds } from "../accounts/session.ts";
import type { Entrances } from "./entrances.ts";

/** `__Host-` ties a cookie to https and to one host; on plain http (a laptop) browsers would not take it. */
const secureName = "__Host-grata";
const plainName = "grata";

/** The session's token from a Cookie header, or null. Behind https only the tied cookie counts. */
export function readSessionToken(header: string | undefined, entrances: Entrances): string | null {
  const cookies = fastifyCookie.parse(header ?? "");
  return cookies[secureName] ?? (entrances.secureOnly() ? null : (cookies[plainName] ?? null));
}

export function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  entrances: Entrances,
  token: string,
): void {
  const secure = entrances.secureOnly() || request.protocol === "https";
  reply.setCookie(secure ? secureName : plainName, token, {
    ...attributes(secure),
    maxAge: sessionLifetimeSeconds,
  });
}

export function clearSessionCookie(reply: FastifyReply): void {
  reply.clearCookie(plainName, attributes(false)).clearCookie(secureName, attributes(true));
}

function attributes(secure: boolean) {
  return { path: "/", httpOnly: true, sameSite: "lax", secure } as const;
}
