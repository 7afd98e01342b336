import { pino } from "pino";
import { v7 as newId } from "uuid";
import { createApp } from "../../src/app/http/app.ts";
import type { RunningNode } from "../../src/app/node.ts";

export type Route = { method: string; url: string; permission: string | null; body: unknown };

/** Every route that the server has, as the router is told of them. */
export async function routesOf({ services }: Pick<RunningNode, "services">): Promise<Route[]> {
  const routes: Route[] = [];
  const app = await createApp(services, {
    log: pino({ level: "silent" }),
    trustedProxies: [],
    onRoute({ method, url, config, schema }) {
      const permission = config?.permission ?? null;
      for (const one of [method].flat()) routes.push({ method: one, url, permission, body: schema?.body });
    },
  });
  await app.ready();
  await app.close();
  return routes;
}

/** Whether a request of this kind changes nothing. */
export const isSafe = (method: string) => ["GET", "HEAD", "OPTIONS"].includes(method);

/** A route's address with something in place of each parameter. */
export function addressOf(url: string, parameters: Record<string, string>): string {
  return url
    .replaceAll(/:(\w+)/g, (_whole, name: string) => parameters[name] ?? "unknown")
    .replace("*", "anything");
}

/** In place of each parameter something of its shape that nobody has. */
export const nobodysParameters = (): Record<string, string> => ({
  ...Object.fromEntries(identifiers.map((name) => [name, newId()])),
  part: "content",
});
const identifiers = [
  ...["userId", "sessionId", "mailId", "passkeyId", "channelId", "conversationId", "fileId"],
  ...["customerId", "noteId", "tagId", "fieldId", "mergeId", "quickReplyId", "groupId", "identityId"],
];

/** What a route asks for beside its address and body. */
export const queryOf = (url: string) => queries[url] ?? "";
const queries: Record<string, string> = {
  "/api/customers": "?search=nobody",
  "/api/history/messages": "?text=nobody",
  "/api/conversations/:conversationId/transcript": "?format=html",
};
export const fileHeaders = { "x-file-name": "notes.txt", "x-file-purpose": "file" };
