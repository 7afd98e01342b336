import { answerEntrance, askForCertificate } from "@grata/contract/routes/installation";
import type { Context } from "../../foundation/http/context.ts";
import { hostIn } from "../../foundation/http/own-hosts.ts";
import { handle, type TypedApp } from "../../foundation/http/routes.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";

/** What is asked about the addresses of this installation. */
export async function entranceRoutes(app: TypedApp, { entrances, ownHosts }: Context) {
  // The home page of one entrance asks the others, to see which is fastest; nobody else's page may.
  handle(app, answerEntrance, async (request, reply) => {
    const { origin } = request.headers;
    reply.header("vary", "origin");
    if (origin !== undefined && entrances.includes(origin)) {
      reply.header("access-control-allow-origin", origin);
    }
  });

  // A proxy that makes certificates on demand asks for which names it may (Caddy's `ask`).
  handle(app, askForCertificate, async (request) => {
    const host = hostIn(request.query.domain);
    if (!entrances.includesHost(host) && (await ownHosts.find(host)) === null) {
      throw new Refusal("host_unknown");
    }
  });
}
