import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { readBuilt } from "../../foundation/http/page.ts";

/**
 * Sends the console's service worker. Browsers look for a new one whenever a console opens, and may keep none without
 * asking. Its policy is the strictest one: it loads nothing.
 */
export async function sendPushWorker(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const script = await readBuilt("console/dist/push-worker.js");
  const tag = `"${createHash("sha256").update(script).digest("base64url").slice(0, 22)}"`;
  reply.header("cache-control", "no-cache").header("etag", tag);
  if (request.headers["if-none-match"] === tag) return reply.code(304).send();
  return reply.type("text/javascript; charset=utf-8").send(script);
}
