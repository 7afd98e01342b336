import type { FastifyRequest } from "fastify";
import type { Principal } from "../access/principal.ts";
import { findSession } from "../accounts/session.ts";
import type { Services } from "./context.ts";
import { readSessionToken } from "./session-cookie.ts";

/** Reads who asks from the session cookie, into `request.signedIn`. A route that wants to know lists it first. */
export function identify({ storage, entrances }: Services) {
  return async (request: FastifyRequest): Promise<void> => {
    const token = readSessionToken(request.headers.cookie, entrances);
    request.signedIn = token === null ? null : await findSession(storage, token);
  };
}

/** The principal of a request that has been identified. */
export function principalOf(request: FastifyRequest): Principal {
  return request.signedIn?.principal ?? { kind: "nobody" };
}
