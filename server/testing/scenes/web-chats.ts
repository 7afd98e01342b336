import { newSecret, type WebChat, type WebChatSettings, webChat } from "@grata/contract/web-chat";
import { expect } from "vitest";
import { defaultSettings } from "../../src/channels/webchat/settings.ts";
import { call, type HttpAnswer } from "../checks/http.ts";
import { makeUser, type WithStorage } from "./people.ts";

/** An admin of this organisation, by what their browser sends. */
export async function adminOf(node: WithStorage, organisationId: string): Promise<Record<string, string>> {
  return { cookie: (await makeUser(node, organisationId, { role: "admin" })).cookie };
}

/** Sets a web chat as an admin would, with everything else as it is by default. */
export function set(
  node: { url: string },
  admin: Record<string, string>,
  channelId: string,
  settings: Partial<WebChatSettings>,
): Promise<HttpAnswer> {
  const body = { ...defaultSettings, name: "Shop", ...settings };
  return call(node, "PUT", `/api/channels/web-chat/${channelId}`, { body, headers: admin });
}

/** Makes a new secret and returns it. */
export async function makeSecret(
  node: { url: string },
  admin: Record<string, string>,
  channelId: string,
  endFormer = false,
): Promise<{ secret: string; channel: WebChat }> {
  const path = `/api/channels/web-chat/${channelId}/secret`;
  const answer = await call(node, "POST", path, { body: { endFormer }, headers: admin });
  expect(answer.status).toBe(200);
  return newSecret.parse(JSON.parse(answer.text));
}

export const readWebChat = (answer: HttpAnswer): WebChat => webChat.parse(JSON.parse(answer.text));
