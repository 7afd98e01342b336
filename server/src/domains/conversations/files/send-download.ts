import { create as contentDisposition } from "content-disposition";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { ByteRange } from "../../media/store/port.ts";
import type { Download } from "./download.ts";

/**
 * Sends a file so that no browser takes it for a page: what we have not made ourselves is for saving only, and whatever
 * is opened on its own runs nothing (RFC 6266, nosniff, sandbox). Players ask for a part of it (RFC 9110, 14.2).
 */
export async function sendDownload(
  request: FastifyRequest,
  reply: FastifyReply,
  { name, mediaType, isOurs, bytes, open }: Download,
): Promise<FastifyReply> {
  reply
    .header("content-disposition", contentDisposition(name, { type: isOurs ? "inline" : "attachment" }))
    .header("content-security-policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
    .header("accept-ranges", "bytes")
    .type(mediaType);
  const range = rangeIn(request.headers.range, bytes);
  if (range) {
    reply.code(206).header("content-range", `bytes ${range.start}-${range.end}/${bytes}`);
  }
  reply.header("content-length", range ? range.end - range.start + 1 : bytes);
  return reply.send(await open(range));
}

/** The one range that is asked for; undefined, and so all of it, for anything else. */
function rangeIn(header: string | undefined, bytes: number): ByteRange | undefined {
  const [, first = "", last = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "") ?? [];
  if (first === "" && last === "") return undefined;
  const start = first === "" ? Math.max(0, bytes - Number(last)) : Number(first);
  const end = first === "" || last === "" ? bytes - 1 : Math.min(Number(last), bytes - 1);
  return start <= end ? { start, end } : undefined;
}
