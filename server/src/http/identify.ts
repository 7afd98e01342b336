import type { FastifyRequest } from "fastify";
import { findSession } from "../accounts/session.ts";
import { isWelcome } from "./asker.ts";
import type { Context } from "./context.ts";
import { readSessionToken } from "./session-cookie.ts";

/**
 * Reads who asks from the session cookie, into `request.signedIn`. A route that wants to know lists it first. Under an
 * organisation's own host name nobody else's session counts.
 */
export function identify({ storage, entrances }: Pick<Context, "storage" | "entrances">) {
  return async (request: FastifyRequest): Promise<void> => {
    const token = readSessionToken(request.headers.cookie, entrances);
    const signedIn = token === null ? null : await findSession(storage, token);
    request.signedIn = isWelcome(signedIn?.principal, request.hostOwner) ? signedIn : null;
  };
}
