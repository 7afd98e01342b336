import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import { visitorParameters } from "@grata/contract/http";
import { language } from "@grata/contract/languages";
import * as z from "zod/mini";
import { findFirstWebchat } from "../channels/find-first-webchat.ts";
import { frameAncestors } from "../channels/webchat/embedding.ts";
import { findWebChat } from "../channels/webchat/find-web-chat.ts";
import { presentLauncher, presentWindow } from "../channels/webchat/present.ts";
import { Refusal } from "../refusal.ts";
import { repositoryFolder } from "../repository.ts";
import { preferredLanguage } from "../sentences.ts";
import type { Services } from "./context.ts";
import { sendLoader } from "./loader.ts";
import { sendPage } from "./page.ts";
import type { TypedApp } from "./routes.ts";

const consolePage = { file: "console/dist/index.html", frameAncestors: "'none'" };
/** Another language than ours is as good as none. */
const homeQuery = z.object({ language: z.catch(z.optional(language), undefined) });
const aYear = 365 * 24 * 3600 * 1000;
const page = { config: { permission: "page.read" } } as const;

/** The pages and what they load. */
export async function pageRoutes(app: TypedApp, { storage, entrances }: Services) {
  app.get("/", { ...page, schema: { querystring: homeQuery } }, (request, reply) => {
    const wished = request.query.language ?? preferredLanguage(request.headers["accept-language"]);
    return sendPage(reply, { file: `console/dist/home.${wished}.html`, frameAncestors: "'none'" });
  });
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
    app.get(path, page, (_request, reply) => sendPage(reply, consolePage));
  }

  app.get(
    "/webchat/:channelId",
    { ...page, schema: { params: visitorParameters } },
    async (request, reply) => {
      const { settings } = await findWebChat(storage, request.params.channelId);
      return sendPage(reply, {
        file: "widget/dist/frame.html",
        frameAncestors: frameAncestors(settings.allowedOrigins),
        replace: { __SETTINGS__: JSON.stringify(presentWindow(settings)) },
      });
    },
  );
  app.get(
    "/webchat/:channelId/loader.js",
    { ...page, schema: { params: visitorParameters } },
    async (request, reply) => {
      const { id, settings } = await findWebChat(storage, request.params.channelId);
      return sendLoader(request, reply, presentLauncher(id, entrances.main(), settings));
    },
  );

  app.get("/try", page, async (_request, reply) => {
    const channelId = await findFirstWebchat(storage);
    if (channelId === null) throw new Refusal("channel_unknown");
    return sendPage(reply, {
      file: "widget/dist/try.html",
      frameAncestors: "'none'",
      replace: { __CHANNEL__: channelId },
    });
  });

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
