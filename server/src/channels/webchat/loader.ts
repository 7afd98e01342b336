import { createHash } from "node:crypto";
import type { LauncherSettings } from "@grata/contract/web-chat";
import type { FastifyReply, FastifyRequest } from "fastify";
import { readBuilt } from "../../foundation/http/page.ts";

/** How long a browser may use a loader without asking; for a day more it may while it asks. */
const caching = "public, max-age=300, stale-while-revalidate=86400";

/**
 * Sends the loader with its channel's settings in it: one request, and nothing that a page's own policy could forbid
 * beyond the script itself.
 */
export async function sendLoader(
  request: FastifyRequest,
  reply: FastifyReply,
  settings: LauncherSettings,
): Promise<FastifyReply> {
  const script = (await readBuilt("widget/dist/webchat.js")).replace("__GRATA_SETTINGS__", () =>
    JSON.stringify(settings),
  );
  const tag = `"${createHash("sha256").update(script).digest("base64url").slice(0, 22)}"`;
  reply
    .header("cache-control", caching)
    .header("etag", tag)
    // Any shop's page may load it.
    .header("cross-origin-resource-policy", "cross-origin")
    .header("access-control-allow-origin", "*");
  if (request.headers["if-none-match"] === tag) return reply.code(304).send();
  return reply.type("text/javascript; charset=utf-8").send(script);
}
