import {
  hostBody,
  logoLimits,
  logoParameters,
  logoTypes,
  ownEntrance,
  slugBody,
} from "@grata/contract/own-entrance";
import type { FastifyError, FastifyRequest } from "fastify";
import { requireAccess } from "../../../foundation/access/require-access.ts";
import { askerOf } from "../../../foundation/http/asker.ts";
import type { Context } from "../../../foundation/http/context.ts";
import { identify } from "../../../foundation/http/identify.ts";
import type { TypedApp } from "../../../foundation/http/routes.ts";
import { Refusal } from "../../../foundation/refusal/refusal.ts";
import { readOwnEntrance, type StoredEntrance } from "./read-entrance.ts";
import type { ResolveText } from "./resolve-text.ts";
import { setHost } from "./set-host.ts";
import { readLogo, removeLogo, setLogo } from "./set-logo.ts";
import { setSlug } from "./set-slug.ts";
import { verifyHost } from "./verify-host.ts";

/** An organisation's own sign-in page: its address, host name and logo, for admins; the logo for everybody. */
export async function signInPageRoutes(app: TypedApp, services: Context & { resolveText: ResolveText }) {
  const { storage, entrances, limits, ownHosts, resolveText } = services;
  const admins = { config: { permission: "organisation.manage" }, preHandler: identify(services) } as const;
  const answer = { response: { 200: ownEntrance } };
  const present = (stored: StoredEntrance) => ({ ...stored, entrances: entrances.all() });

  app.get("/api/organisation/entrance", { ...admins, schema: answer }, async (request) =>
    present(await readOwnEntrance(storage, askerOf(request, services))),
  );

  app.put("/api/organisation/slug", { ...admins, schema: { body: slugBody, ...answer } }, async (request) =>
    present(await setSlug(storage, askerOf(request, services), request.body.slug)),
  );

  app.put("/api/organisation/host", { ...admins, schema: { body: hostBody, ...answer } }, async (request) => {
    const asker = askerOf(request, services);
    requireAccess(asker.principal, "organisation.manage", null);
    const { host } = request.body;
    if (host !== null && entrances.includesHost(host)) {
      throw new Refusal("host_reserved", { fields: { host: "host_reserved" } });
    }
    const owner = host === null ? null : await ownHosts.find(host);
    if (owner !== null && owner !== organisationOf(request)) {
      throw new Refusal("host_taken", { fields: { host: "host_taken" } });
    }
    const stored = await setHost(storage, asker, host);
    ownHosts.forget();
    return present(stored);
  });

  app.post("/api/organisation/host/check", { ...admins, schema: answer }, async (request) => {
    const asker = askerOf(request, services);
    requireAccess(asker.principal, "organisation.manage", null);
    await limits.hostCheck(organisationOf(request));
    const stored = await verifyHost(storage, asker, resolveText);
    ownHosts.forget();
    return present(stored);
  });

  app.delete("/api/organisation/logo", { ...admins, schema: answer }, async (request) =>
    present(await removeLogo(storage, askerOf(request, services))),
  );

  // Apart, because it takes other bodies than the rest, and says in other words when one is too large.
  app.register(async (uploads: TypedApp) => {
    uploads.removeAllContentTypeParsers();
    uploads.addContentTypeParser(
      [...logoTypes],
      { parseAs: "buffer", bodyLimit: logoLimits.bytes },
      (_request, file, done) => done(null, file),
    );
    uploads.setErrorHandler((error: FastifyError) => {
      if (error.code === "FST_ERR_CTP_BODY_TOO_LARGE") throw new Refusal("logo_too_large");
      if (error.code === "FST_ERR_CTP_INVALID_MEDIA_TYPE") throw new Refusal("logo_type_unknown");
      throw error;
    });
    uploads.put(
      "/api/organisation/logo",
      {
        config: admins.config,
        // Before a byte of the body is read: only an admin may send that much.
        onRequest: [
          identify(services),
          async (request) => {
            requireAccess(askerOf(request, services).principal, "organisation.manage", null);
            await limits.newLogo(organisationOf(request));
          },
        ],
        schema: answer,
      },
      async (request) => {
        const upload = { type: request.headers["content-type"], file: request.body };
        return present(await setLogo(storage, askerOf(request, services), upload));
      },
    );
  });

  app.get(
    "/api/logo/:organisationId/:hash",
    { config: { permission: "page.read" }, schema: { params: logoParameters } },
    async (request, reply) => {
      const { organisationId, hash } = request.params;
      const content = await readLogo(storage, organisationId, hash);
      return reply
        .header("cache-control", "public, max-age=31536000, immutable")
        .type("image/webp")
        .send(content);
    },
  );
}

const organisationOf = (request: FastifyRequest) => request.signedIn?.principal.organisationId ?? "";
