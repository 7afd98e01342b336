import type { AgentIdentity } from "@grata/contract/agent-identities";
import { expect } from "vitest";
import type { HttpAnswer } from "../checks/http.ts";
import { picture } from "../outside/pictures.ts";
import { outcomeIn } from "./team.ts";

type Asking = { ask(method: string, path: string, body?: unknown): Promise<HttpAnswer> };

export const identityIn = (answer: HttpAnswer): AgentIdentity => {
  expect(outcomeIn(answer)).toBe("yes");
  return JSON.parse(answer.text);
};

export const support = {
  world: "webchat",
  ownerId: null,
  names: { en: { name: "Support", line: "We answer in English" }, "zh-Hans": { name: "客服", line: "" } },
};
export const onWeChat = { world: "wechat", ownerId: null, name: "小助手" };

/** Makes an identity. */
export const makeIdentity = async (team: Asking, body: object = support) =>
  identityIn(await team.ask("POST", "/api/agent-identities", body));

/** Assigns identities to a user. */
export const assign = (team: Asking, userId: string, body: object) =>
  team.ask("PUT", `/api/team/users/${userId}/identities`, body);

/** Gives an identity this file as its picture. */
export async function uploadAvatar(
  node: { url: string },
  cookie: string,
  id: string,
  { file, type = "image/png" }: { file?: Uint8Array; type?: string } = {},
): Promise<HttpAnswer> {
  const body = new Uint8Array(file ?? (await picture(300, 200).png().toBuffer()));
  const answer = await fetch(`${node.url}/api/agent-identities/${id}/avatar`, {
    method: "PUT",
    headers: { "content-type": type, cookie },
    body,
  });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}
