import * as routes from "@grata/contract/routes/organisation";
import type { FastifyRequest } from "fastify";
import { askerOf } from "../../../foundation/http/asker.ts";
import type { Context } from "../../../foundation/http/context.ts";
import { handle, type TypedApp } from "../../../foundation/http/routes.ts";
import { takePictures } from "../../../foundation/http/take-pictures.ts";
import { Refusal } from "../../../foundation/refusal/refusal.ts";
import { readOwnEntrance, type StoredEntrance } from "./read-entrance.ts";
import type { ResolveText } from "./resolve-text.ts";
import { setHost } from "./set-host.ts";
import { readLogo, removeLogo, setLogo } from "./set-logo.ts";
import { setSlug } from "./set-slug.ts";
import { verifyHost } from "./verify-host.ts";

/** An organisation's own sign-in page: its address, host name and logo, for admins; the logo for everybody. */
export async function signInPageRoutes(
  app: TypedApp,
  services: Context & { resolveText: ResolveText; reservedSlugs: ReadonlySet<string> },
) {
  const { storage, entrances, limits, ownHosts, resolveText, reservedSlugs } = services;
  const present = (stored: StoredEntrance) => ({ ...stored, entrances: entrances.all() });

  handle(app, routes.readOwnEntrance, async (request) =>
    present(await readOwnEntrance(storage, askerOf(request, services))),
  );

  handle(app, routes.setSlug, async (request) =>
    present(await setSlug(storage, askerOf(request, services), request.body.slug, reservedSlugs)),
  );

  handle(app, routes.setHost, async (request) => {
    const { host } = request.body;
    if (host !== null && entrances.includesHost(host)) {
      throw new Refusal("host_reserved", { fields: { host: "host_reserved" } });
    }
    const owner = host === null ? null : await ownHosts.find(host);
    if (owner !== null && owner !== organisationOf(request)) {
      throw new Refusal("host_taken", { fields: { host: "host_taken" } });
    }
    const stored = await setHost(storage, askerOf(request, services), host);
    ownHosts.forget();
    return present(stored);
  });

  handle(app, routes.checkHost, async (request) => {
    await limits.hostCheck(organisationOf(request));
    const stored = await verifyHost(storage, askerOf(request, services), resolveText);
    ownHosts.forget();
    return present(stored);
  });

  handle(app, routes.removeLogo, async (request) =>
    present(await removeLogo(storage, askerOf(request, services))),
  );

  // Apart, because it takes other bodies than the rest, and says in other words when one is too large.
  app.register(async (uploads: TypedApp) => {
    takePictures(uploads);
    handle(
      uploads,
      routes.setLogo,
      async (request) => {
        const upload = { type: request.headers["content-type"], file: request.body };
        return present(await setLogo(storage, askerOf(request, services), upload));
      },
      { beforeUpload: (request) => limits.newLogo(organisationOf(request)) },
    );
  });

  handle(app, routes.readLogo, async (request, reply) => {
    const { organisationId, hash } = request.params;
    const content = await readLogo(storage, organisationId, hash);
    return reply
      .header("cache-control", "public, max-age=31536000, immutable")
      .type("image/webp")
      .send(content);
  });
}

const organisationOf = (request: FastifyRequest) => request.signedIn?.principal.organisationId ?? "";
