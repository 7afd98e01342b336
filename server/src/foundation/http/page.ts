import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { FastifyReply } from "fastify";
import { repositoryFolder } from "../configuration/repository.ts";

export type Page = {
  /** Below the repository's folder. */
  file: string;
  /** Who may put the page into a frame. */
  frameAncestors: string;
  /** Placeholders in the attributes of the page, and what stands in their place. */
  replace?: Record<string, string>;
  /** What is done to the built page first. */
  prepare?: (html: string) => string;
  /** Other addresses that its script may ask. */
  connect?: string[];
};

/** Sends a built page with a fresh nonce in it and a policy that knows only that nonce. */
export async function sendPage(reply: FastifyReply, page: Page): Promise<FastifyReply> {
  const nonce = randomBytes(16).toString("base64");
  const values: Record<string, string> = { ...page.replace, __CSP_NONCE__: nonce };
  // In one pass: what is put in may look like a placeholder itself.
  const built = await readBuilt(page.file);
  const html = (page.prepare?.(built) ?? built).replace(/__[A-Z_]+__/g, (place) =>
    escapeAttribute(values[place] ?? place),
  );
  const framed = page.frameAncestors !== "'none'";
  reply.removeHeader("x-frame-options");
  if (!framed) reply.header("x-frame-options", "DENY");
  return reply
    .header("content-security-policy", policy(nonce, page))
    .header("permissions-policy", "camera=(), geolocation=(), microphone=(self)")
    .type("text/html; charset=utf-8")
    .send(html);
}

/** A text as it stands in the value of an attribute, or between tags. */
export function escapeAttribute(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}

function policy(nonce: string, { frameAncestors, connect = [] }: Page): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    ["connect-src 'self'", ...connect].join(" "),
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self' blob:",
    "frame-src 'self'",
    "worker-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
    `frame-ancestors ${frameAncestors}`,
  ].join("; ");
}

const built = new Map<string, Promise<string>>();

/** What is built changes only with a build: it is read once, but for development, where builds come and go. */
export function readBuilt(file: string): Promise<string> {
  const read = () => readFile(join(repositoryFolder, file), "utf8");
  if (process.env.NODE_ENV === "development") return read();
  const known = built.get(file) ?? read();
  built.set(file, known);
  return known;
}
