import type { FastifyRequest } from "fastify";
import { isWelcome } from "./asker.ts";
import type { Context } from "./context.ts";
import { readSessionToken } from "./session-cookie.ts";

/**
 * Reads who asks from the session cookie, into `request.signedIn`. A route that wants to know lists it first. Under an
 * organisation's own host name nobody else's session counts.
 */
export function identify({ findSession, entrances }: Pick<Context, "findSession" | "entrances">) {
  return async (request: FastifyRequest): Promise<void> => {
    const token = readSessionToken(request.headers.cookie, entrances);
    const signedIn = token === null ? null : await findSession(token);
    request.signedIn = isWelcome(signedIn?.principal, request.hostOwner) ? signedIn : null;
  };
}
