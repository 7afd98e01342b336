import type { FastifyRequest } from "fastify";
import type { Principal } from "../../../foundation/access/principal.ts";
import type { Context } from "../../../foundation/http/context.ts";
import { findVisitor } from "./find-visitor.ts";

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
