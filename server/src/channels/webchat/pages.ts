import { visitorParameters } from "@grata/contract/http";
import type { Context } from "../../foundation/http/context.ts";
import { sendPage } from "../../foundation/http/page.ts";
import type { TypedApp } from "../../foundation/http/routes.ts";
import { Refusal } from "../../foundation/refusal/refusal.ts";
import { frameAncestors } from "./embedding.ts";
import { findFirstWebchat } from "./find-first-webchat.ts";
import { findWebChat } from "./find-web-chat.ts";
import { sendLoader } from "./loader.ts";
import { presentLauncher, presentWindow } from "./present.ts";

const page = { config: { permission: "page.read" } } as const;

/** The window, what loads it into a shop's page, and the page that shows it before it is in one. */
export async function webchatPages(app: TypedApp, { storage, entrances }: Context) {
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

  app.get("/try", page, async (request, reply) => {
    // It belongs to the installation, not to the owner of a host name.
    if (request.hostOwner !== null) return reply.redirect(`${entrances.main()}/try`);
    const channelId = await findFirstWebchat(storage);
    if (channelId === null) throw new Refusal("channel_unknown");
    return sendPage(reply, {
      file: "widget/dist/try.html",
      frameAncestors: "'none'",
      replace: { __CHANNEL__: channelId },
    });
  });
}
