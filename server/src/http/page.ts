import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FastifyReply } from "fastify";
import { repositoryFolder } from "../repository.ts";

type Page = {
  /** Below the repository's folder. */
  file: string;
  /** Who may put the page into a frame. */
  frameAncestors: string;
  /** Placeholders of the page and what stands in their place. */
  replace?: Record<string, string>;
};

/** Sends a built page with a fresh nonce in it and a policy that knows only that nonce. */
export async function sendPage(reply: FastifyReply, page: Page): Promise<FastifyReply> {
  const nonce = randomBytes(16).toString("base64");
  let html = await readPage(page.file);
  for (const [placeholder, value] of Object.entries({ ...page.replace, __CSP_NONCE__: nonce })) {
    html = html.replaceAll(placeholder, value);
  }
  const framed = page.frameAncestors !== "'none'";
  reply.removeHeader("x-frame-options");
  if (!framed) reply.header("x-frame-options", "DENY");
  return reply
    .header("content-security-policy", policy(nonce, page.frameAncestors))
    .header("permissions-policy", "camera=(), geolocation=(), microphone=(self)")
    .type("text/html; charset=utf-8")
    .send(html);
}

function policy(nonce: string, frameAncestors: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "connect-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "media-src 'self' blob:",
    "frame-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
    `frame-ancestors ${frameAncestors}`,
  ].join("; ");
}

const pages = new Map<string, Promise<string>>();

/** Pages change only with a build: they are read once, but for development, where builds come and go. */
function readPage(file: string): Promise<string> {
  const read = () => readFile(join(repositoryFolder, file), "utf8");
  if (process.env.NODE_ENV === "development") return read();
  const known = pages.get(file) ?? read();
  pages.set(file, known);
  return known;
}
