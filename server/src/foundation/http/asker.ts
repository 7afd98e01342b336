import type { FastifyRequest } from "fastify";
import type { Asker, Browser, Principal } from "../access/principal.ts";
import type { AddressOf } from "./address.ts";

type WithAddress = { addressOf: AddressOf };

/** Returns the principal and the network address of a request that has been identified. */
export function askerOf(request: FastifyRequest, { addressOf }: WithAddress): Asker {
  return { principal: principalOf(request), address: addressOf(request.raw) };
}

/** Returns the browser that a request comes from. */
export function browserOf(request: FastifyRequest, { addressOf }: WithAddress): Browser {
  return { userAgent: request.headers["user-agent"] ?? "", address: addressOf(request.raw) };
}

/** Returns the principal of a request that has been identified; `nobody` where no session was found. */
export function principalOf(request: FastifyRequest): Principal {
  return request.signedIn?.principal ?? { kind: "nobody" };
}

/** Tells whether a user may be signed in under a host name: an organisation's own host admits its members only. */
export function isWelcome(user: { organisationId: string } | undefined, hostOwner: string | null): boolean {
  return hostOwner === null || user?.organisationId === hostOwner;
}
