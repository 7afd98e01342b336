import { Readable } from "node:stream";
import { create as contentDisposition } from "content-disposition";
import type { FastifyReply } from "fastify";

/** Sends what is made while it is sent, to be saved: no browser takes it for a page of ours, and nothing in it runs. */
export function sendAttachment(
  reply: FastifyReply,
  {
    name,
    mediaType,
    content,
  }: { name: string; mediaType: string; content: Readable | AsyncIterable<string> },
): FastifyReply {
  return reply
    .header("content-disposition", contentDisposition(name, { type: "attachment" }))
    .header("content-security-policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
    .type(mediaType)
    .send(content instanceof Readable ? content : Readable.from(content, { objectMode: false }));
}
