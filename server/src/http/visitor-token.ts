import type { FastifyRequest } from "fastify";
import type { Principal } from "../access/principal.ts";
import { findVisitor } from "../customers/find-visitor.ts";
import type { Context } from "./context.ts";

/** The visitor whose token stands in the header Authorization, on the channel that they name; nobody for any other. */
export async function visitorOf(
  request: FastifyRequest,
  channelId: string,
  { storage }: Pick<Context, "storage">,
): Promise<Principal> {
  const [, token] = /^Bearer ([\w-]{1,100})$/.exec(request.headers.authorization ?? "") ?? [];
  const visitor = token === undefined ? null : await findVisitor(storage, channelId, token);
  return visitor ?? { kind: "nobody" };
}
