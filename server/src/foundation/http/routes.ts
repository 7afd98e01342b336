import type { IncomingMessage, ServerResponse } from "node:http";
import { empty } from "@grata/contract/http";
import type { Route } from "@grata/contract/routes/route";
import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  RawServerDefault,
} from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import type * as z from "zod/mini";
import type { Permission } from "../access/permissions.ts";
import { isPlain, requireAccess } from "../access/require-access.ts";
import { principalOf } from "./asker.ts";

/** An application whose routes are typed by their schemas. */
export type TypedApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

type ReadBy<Schema> = Schema extends z.core.$ZodType ? z.output<Schema> : unknown;

/** A request that is as its route says. */
type RequestTo<R> = FastifyRequest & {
  params: R extends { params: infer Schema } ? ReadBy<Schema> : unknown;
  query: R extends { query: infer Schema } ? ReadBy<Schema> : unknown;
  headers: R extends { headers: infer Schema } ? ReadBy<Schema> : unknown;
  body: R extends { body: infer Schema } ? ReadBy<Schema> : unknown;
};

/** Result of a route's handler: its answer, a reply that sends a file, or nothing. */
type OutcomeOf<R> = R extends { answer: infer Schema extends z.core.$ZodType }
  ? Promise<z.input<Schema>>
  : R extends { download: readonly string[] }
    ? Promise<FastifyReply>
    : Promise<void>;

type Options = {
  /** False: a look at the headers alone is not answered. */
  exposeHeadRoute?: boolean;
  /** Its body takes its time: see `limitBodyTime`. */
  largeBody?: boolean;
  /** Asked before a byte of an upload is read, by somebody who may upload. */
  beforeUpload?(request: FastifyRequest): Promise<void>;
};

/**
 * Registers a route of the contract: finds out who asks, checks what comes by the route's schemas, asks the access
 * module where the permission alone decides, and lets out what the schema of the answer lists. Uploads are asked for
 * access before their body is read.
 */
export function handle<const R extends Route & { permission: Permission }>(
  app: TypedApp,
  route: R,
  run: (request: RequestTo<R>, reply: FastifyReply) => OutcomeOf<R>,
  { exposeHeadRoute, largeBody = false, beforeUpload }: Options = {},
): void {
  const { method, path, permission, asker = "user", params, query, headers, body } = route as Route & R;
  const checks = asker === "user" ? [app.identify] : [];
  if (asker !== "visitor" && isPlain(permission)) {
    checks.push(async (request) => requireAccess(principalOf(request), permission, null));
  }
  if (beforeUpload) checks.push(beforeUpload);
  app.route({
    method,
    url: path,
    config: { permission, largeBody },
    ...(exposeHeadRoute !== undefined && { exposeHeadRoute }),
    ...(route.upload ? { onRequest: checks } : { preHandler: checks }),
    schema: {
      ...(params && { params }),
      ...(query && { querystring: query }),
      ...(headers && { headers }),
      ...(body && { body }),
      ...(!route.download && { response: { 200: route.answer ?? empty } }),
    },
    handler: async (request, reply) => {
      const outcome = run(request as RequestTo<R>, reply);
      if (route.answer || route.download) return outcome;
      await outcome;
      return {};
    },
  });
}
