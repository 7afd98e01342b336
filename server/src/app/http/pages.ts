import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import { language } from "@grata/contract/languages";
import { type Look, slugParameters } from "@grata/contract/own-entrance";
import * as z from "zod/mini";
import { findLook, findOrganisationBySlug } from "../../domains/organisations/sign-in-page/find-look.ts";
import { repositoryFolder } from "../../foundation/configuration/repository.ts";
import type { Context } from "../../foundation/http/context.ts";
import { type Page, sendPage } from "../../foundation/http/page.ts";
import type { TypedApp } from "../../foundation/http/routes.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { preferredLanguage } from "../../foundation/refusal/sentences.ts";
import { homePage } from "./home-page.ts";
import { sendPushWorker } from "./push-worker.ts";

const consolePage = (look: Look | null): Page => ({
  file: "console/dist/index.html",
  frameAncestors: "'none'",
  replace: { __LOOK__: look === null ? "" : JSON.stringify(look) },
});
/** Another language than ours is as good as none. */
const homeQuery = z.object({ language: z.catch(z.optional(language), undefined) });
const aYear = 365 * 24 * 3600 * 1000;
const page = { config: { permission: "page.read" } } as const;

/** The pages and what they load. */
export async function pageRoutes(app: TypedApp, { storage, entrances }: Context) {
  app.get("/", { ...page, schema: { querystring: homeQuery } }, (request, reply) => {
    const wished = request.query.language ?? preferredLanguage(request.headers["accept-language"]);
    // Under an own host name there is no other page before signing in.
    if (request.hostOwner !== null) return reply.redirect("/sign-in");
    return sendPage(reply, homePage(wished, entrances.choice()));
  });
  app.get("/console/push-worker.js", page, sendPushWorker);
  for (const path of [
    "/sign-in",
    "/second-factor",
    "/set-up",
    "/invitation",
    "/recover",
    "/recover/password",
    "/console",
    "/console/*",
  ]) {
    app.get(path, page, async ({ hostOwner }, reply) =>
      sendPage(reply, consolePage(hostOwner === null ? null : await findLook(storage, hostOwner, null))),
    );
  }

  for (const path of ["/:slug", "/:slug/recover"]) {
    app.get(path, { ...page, schema: { params: slugParameters } }, async (request, reply) => {
      if (request.hostOwner !== null) throw new Refusal("route_unknown");
      const { slug } = request.params;
      const organisationId = await findOrganisationBySlug(storage, slug);
      return sendPage(reply, consolePage(await findLook(storage, organisationId, slug)));
    });
  }

  await app.register(fastifyStatic, { root: repositoryFolder, serve: false });
  for (const workspace of ["console", "widget"]) {
    app.get(`/assets/${workspace}/:file`, page, (request, reply) =>
      // The names carry a hash of the content.
      reply.sendFile(
        String((request.params as { file: unknown }).file),
        join(repositoryFolder, workspace, "dist/assets", workspace),
        {
          maxAge: aYear,
          immutable: true,
          cacheControl: true,
        },
      ),
    );
  }
}
