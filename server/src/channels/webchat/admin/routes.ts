import * as routes from "@grata/contract/routes/web-chat";
import { askerOf, principalOf } from "../../../foundation/http/asker.ts";
import type { Context } from "../../../foundation/http/context.ts";
import { handle, type TypedApp } from "../../../foundation/http/routes.ts";
import { checkPage } from "../check/check-page.ts";
import { presentWebChat, type StoredWebChat } from "../present.ts";
import { createWebChat } from "./create.ts";
import { listWebChats } from "./list.ts";
import { makeWebChatSecret } from "./new-secret.ts";
import { updateWebChat } from "./update.ts";

/** Channels > Web chat, for admins. */
export async function webChatAdminRoutes(app: TypedApp, services: Context) {
  const { storage, secrets, entrances, limits } = services;
  const present = (found: StoredWebChat) => presentWebChat(found, entrances.main());

  handle(app, routes.listWebChats, async (request) => ({
    channels: (await listWebChats(storage, principalOf(request))).map(present),
  }));

  handle(app, routes.createWebChat, async (request) =>
    present(await createWebChat(storage, askerOf(request, services), request.body)),
  );

  handle(app, routes.updateWebChat, async (request) =>
    present(await updateWebChat(storage, askerOf(request, services), request.params.channelId, request.body)),
  );

  handle(app, routes.makeWebChatSecret, async (request) => {
    const { channelId } = request.params;
    const asker = askerOf(request, services);
    const made = await makeWebChatSecret(storage, secrets, asker, channelId, request.body);
    return { secret: made.secret, channel: present(made.webChat) };
  });

  handle(app, routes.checkPage, async (request) => {
    const principal = principalOf(request);
    const { channelId } = request.params;
    const language = principal.kind === "user" ? principal.language : request.readerLanguage;
    return checkPage(
      { storage, ours: entrances.all(), mayCheck: limits.pageCheck },
      principal,
      { channelId, url: request.body.url },
      language,
    );
  });
}
