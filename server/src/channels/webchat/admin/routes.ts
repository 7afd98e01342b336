import { visitorParameters } from "@grata/contract/http";
import {
  checkBody,
  checkResult,
  newSecret,
  newSecretBody,
  newWebChatBody,
  webChat,
  webChatList,
  webChatSettings,
} from "@grata/contract/web-chat";
import { askerOf, principalOf } from "../../../foundation/http/asker.ts";
import type { Context } from "../../../foundation/http/context.ts";
import { identify } from "../../../foundation/http/identify.ts";
import type { TypedApp } from "../../../foundation/http/routes.ts";
import { checkPage } from "../check/check-page.ts";
import { presentWebChat, type StoredWebChat } from "../present.ts";
import { createWebChat } from "./create.ts";
import { listWebChats } from "./list.ts";
import { makeWebChatSecret } from "./new-secret.ts";
import { updateWebChat } from "./update.ts";

/** Channels > Web chat, for admins. */
export async function webChatAdminRoutes(app: TypedApp, services: Context) {
  const { storage, secrets, entrances, limits } = services;
  const admins = { config: { permission: "channels.manage" }, preHandler: identify(services) } as const;
  const present = (found: StoredWebChat) => presentWebChat(found, entrances.main());

  app.get(
    "/api/channels/web-chat",
    { ...admins, schema: { response: { 200: webChatList } } },
    async (request) => ({ channels: (await listWebChats(storage, principalOf(request))).map(present) }),
  );

  app.post(
    "/api/channels/web-chat",
    { ...admins, schema: { body: newWebChatBody, response: { 200: webChat } } },
    async (request) => present(await createWebChat(storage, askerOf(request, services), request.body)),
  );

  app.put(
    "/api/channels/web-chat/:channelId",
    { ...admins, schema: { params: visitorParameters, body: webChatSettings, response: { 200: webChat } } },
    async (request) =>
      present(
        await updateWebChat(storage, askerOf(request, services), request.params.channelId, request.body),
      ),
  );

  app.post(
    "/api/channels/web-chat/:channelId/secret",
    { ...admins, schema: { params: visitorParameters, body: newSecretBody, response: { 200: newSecret } } },
    async (request) => {
      const { channelId } = request.params;
      const made = await makeWebChatSecret(
        storage,
        secrets,
        askerOf(request, services),
        channelId,
        request.body,
      );
      return { secret: made.secret, channel: present(made.webChat) };
    },
  );

  app.post(
    "/api/channels/web-chat/:channelId/check",
    { ...admins, schema: { params: visitorParameters, body: checkBody, response: { 200: checkResult } } },
    async (request) => {
      const principal = principalOf(request);
      const { channelId } = request.params;
      const language = principal.kind === "user" ? principal.language : request.readerLanguage;
      return checkPage(
        { storage, ours: entrances.all(), mayCheck: limits.pageCheck },
        principal,
        { channelId, url: request.body.url },
        language,
      );
    },
  );
}
