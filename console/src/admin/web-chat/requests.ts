import * as routes from "@grata/contract/routes/web-chat";
import type { CheckResult, WebChat, WebChatSettings } from "@grata/contract/web-chat";
import { queryOptions } from "@tanstack/react-query";
import { call } from "../../session/http.ts";
import { queryClient } from "../../session/session-query.ts";

/** The web chats of the organisation. */
export const webChatsQuery = queryOptions({
  queryKey: ["web-chats"],
  queryFn: async () => (await call(routes.listWebChats)).channels,
});

/** Makes one with the settings that it has by default. */
export async function createWebChat(name: string): Promise<WebChat> {
  return keep(await call(routes.createWebChat, { body: { name } }));
}

/** Sets everything of one. */
export async function saveWebChat(channelId: string, settings: WebChatSettings): Promise<WebChat> {
  return keep(await call(routes.updateWebChat, { params: { channelId }, body: settings }));
}

/** Makes a new secret and returns it, this once. */
export async function makeSecret(channelId: string, endFormer: boolean): Promise<string> {
  const made = await call(routes.makeWebChatSecret, { params: { channelId }, body: { endFormer } });
  keep(made.channel);
  return made.secret;
}

/** Asks the server to look at a page. */
export function checkPage(channelId: string, url: string): Promise<CheckResult> {
  return call(routes.checkPage, { params: { channelId }, body: { url } });
}

/** Puts what the server answered into the list that the pages show. */
function keep(changed: WebChat): WebChat {
  queryClient.setQueryData(webChatsQuery.queryKey, (held) => {
    if (held === undefined) return held;
    const known = held.some(({ id }) => id === changed.id);
    return known ? held.map((one) => (one.id === changed.id ? changed : one)) : [...held, changed];
  });
  return changed;
}
