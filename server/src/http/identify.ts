import type { FastifyRequest } from "fastify";
import type { Asker, Principal } from "../access/principal.ts";
import { type Browser, findSession } from "../accounts/session.ts";
import type { Services } from "./context.ts";
import { readSessionToken } from "./session-cookie.ts";

/**
 * Reads who asks from the session cookie, into `request.signedIn`. A route that wants to know lists it first. Under an
 * organisation's own host name nobody else's session counts.
 */
export function identify({ storage, entrances }: Services) {
  return async (request: FastifyRequest): Promise<void> => {
    const token = readSessionToken(request.headers.cookie, entrances);
    const signedIn = token === null ? null : await findSession(storage, token);
    request.signedIn = isWelcome(signedIn?.principal, request.hostOwner) ? signedIn : null;
  };
}

/** Whether somebody may be signed in under a host name: under an own one only its owner's members. */
export function isWelcome(user: { organisationId: string } | undefined, hostOwner: string | null): boolean {
  return hostOwner === null || user?.organisationId === hostOwner;
}

/** Who asks and from where, of a request that has been identified. */
export function askerOf(request: FastifyRequest, { addressOf }: Pick<Services, "addressOf">): Asker {
  return { principal: principalOf(request), address: addressOf(request.raw) };
}

/** The browser that a request comes from. */
export function browserOf(request: FastifyRequest, { addressOf }: Pick<Services, "addressOf">): Browser {
  return { userAgent: request.headers["user-agent"] ?? "", address: addressOf(request.raw) };
}

/** The principal of a request that has been identified. */
export function principalOf(request: FastifyRequest): Principal {
  return request.signedIn?.principal ?? { kind: "nobody" };
}
