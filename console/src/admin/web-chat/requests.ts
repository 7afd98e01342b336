import {
  type CheckResult,
  checkResult,
  newSecret,
  type WebChat,
  type WebChatSettings,
  webChat,
  webChatList,
} from "@grata/contract/web-chat";
import { queryOptions } from "@tanstack/react-query";
import { ask } from "../../session/http.ts";
import { queryClient } from "../../session/session-query.ts";

const path = "/api/channels/web-chat";

/** The web chats of the organisation. */
export const webChatsQuery = queryOptions({
  queryKey: ["web-chats"],
  queryFn: async () => (await ask({ method: "GET", path }, webChatList)).channels,
});

/** Makes one with the settings that it has by default. */
export async function createWebChat(name: string): Promise<WebChat> {
  return keep(await ask({ method: "POST", path, body: { name } }, webChat));
}

/** Sets everything of one. */
export async function saveWebChat(id: string, settings: WebChatSettings): Promise<WebChat> {
  return keep(await ask({ method: "PUT", path: `${path}/${id}`, body: settings }, webChat));
}

/** Makes a new secret and returns it, this once. */
export async function makeSecret(id: string, endFormer: boolean): Promise<string> {
  const made = await ask({ method: "POST", path: `${path}/${id}/secret`, body: { endFormer } }, newSecret);
  keep(made.channel);
  return made.secret;
}

/** Asks the server to look at a page. */
export function checkPage(id: string, url: string): Promise<CheckResult> {
  return ask({ method: "POST", path: `${path}/${id}/check`, body: { url } }, checkResult);
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
