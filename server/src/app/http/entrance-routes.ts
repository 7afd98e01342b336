import { empty } from "@grata/contract/http";
import { tlsQuery } from "@grata/contract/own-entrance";
import type { Context } from "../../foundation/http/context.ts";
import { hostIn } from "../../foundation/http/own-hosts.ts";
import type { TypedApp } from "../../foundation/http/routes.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";

const anybody = { config: { permission: "page.read" } } as const;

/** What is asked about the addresses of this installation. */
export async function entranceRoutes(app: TypedApp, { entrances, ownHosts }: Context) {
  // The home page of one entrance asks the others, to see which is fastest; nobody else's page may.
  app.get("/api/entrance", { ...anybody, schema: { response: { 200: empty } } }, async (request, reply) => {
    const { origin } = request.headers;
    reply.header("vary", "origin");
    if (origin !== undefined && entrances.includes(origin)) {
      reply.header("access-control-allow-origin", origin);
    }
    return {};
  });

  // A proxy that makes certificates on demand asks for which names it may (Caddy's `ask`).
  app.get(
    "/api/tls/ask",
    { ...anybody, schema: { querystring: tlsQuery, response: { 200: empty } } },
    async (request) => {
      const host = hostIn(request.query.domain);
      if (!entrances.includesHost(host) && (await ownHosts.find(host)) === null) {
        throw new Refusal("host_unknown");
      }
      return {};
    },
  );
}
