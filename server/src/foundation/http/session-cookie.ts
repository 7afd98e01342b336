import { fastifyCookie } from "@fastify/cookie";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Entrances } from "./entrances.ts";

/** A session ends this long after sign-in, whatever happens. Unused, it ends after 24 hours (`system_session_of`). */
export const sessionLifetimeSeconds = 14 * 24 * 3600;

/** A cookie of ours. `__Host-` ties it to https and to one host; on plain http (a laptop) browsers would not take it. */
type OwnCookie = { secureName: string; plainName: string; seconds: number };

const sessionCookie: OwnCookie = {
  secureName: "__Host-grata",
  plainName: "grata",
  seconds: sessionLifetimeSeconds,
};
/** Of a sign-in that owes its second step; it is over in ten minutes, whatever the browser does. */
const stepCookie: OwnCookie = { secureName: "__Host-grata-step", plainName: "grata-step", seconds: 600 };

/** The session's token from a Cookie header, or null. Behind https only the tied cookie counts. */
export const readSessionToken = (header: string | undefined, entrances: Entrances) =>
  read(sessionCookie, header, entrances);

/** The same for a sign-in that owes its second step. */
export const readStepToken = (header: string | undefined, entrances: Entrances) =>
  read(stepCookie, header, entrances);

function read(
  { secureName, plainName }: OwnCookie,
  header: string | undefined,
  entrances: Entrances,
): string | null {
  const cookies = fastifyCookie.parse(header ?? "");
  return cookies[secureName] ?? (entrances.secureOnly() ? null : (cookies[plainName] ?? null));
}

export function setSessionCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  entrances: Entrances,
  token: string,
): void {
  set(sessionCookie, request, reply, entrances, token);
}

export function setStepCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  entrances: Entrances,
  token: string,
): void {
  set(stepCookie, request, reply, entrances, token);
}

function set(
  cookie: OwnCookie,
  request: FastifyRequest,
  reply: FastifyReply,
  entrances: Entrances,
  token: string,
): void {
  const secure = entrances.secureOnly() || request.protocol === "https";
  const name = secure ? cookie.secureName : cookie.plainName;
  reply.setCookie(name, token, { ...attributes(secure), maxAge: cookie.seconds });
}

export const clearSessionCookie = (reply: FastifyReply) => clear(sessionCookie, reply);
export const clearStepCookie = (reply: FastifyReply) => clear(stepCookie, reply);

function clear({ plainName, secureName }: OwnCookie, reply: FastifyReply): void {
  reply.clearCookie(plainName, attributes(false)).clearCookie(secureName, attributes(true));
}

function attributes(secure: boolean) {
  return { path: "/", httpOnly: true, sameSite: "lax", secure } as const;
}
