import { errors } from "@grata/contract/error-codes";
import type { FastifyReply, FastifyRequest } from "fastify";

/** So much of a refused body is still read and thrown away: a browser that is cut off while it sends never reads why. */
const mostBytes = 32 * 1_048_576;
/** The same for whoever sends too much already. */
const mostBytesOfTooMany = 4 * 1_048_576;
const mostMilliseconds = 5_000;

/** After the answer has gone out: where the body has not ended, it is discarded for a little while, then cut off. */
export function discardRest({ raw: body }: FastifyRequest, { statusCode }: FastifyReply): void {
  if (body.complete || body.destroyed) return;
  const most = statusCode === errors.too_many_requests.status ? mostBytesOfTooMany : mostBytes;
  const cut = () => body.destroy();
  const timer = setTimeout(cut, mostMilliseconds);
  let bytes = 0;
  body.on("data", (piece: Buffer) => {
    bytes += piece.length;
    if (bytes > most) cut();
  });
  body.once("error", () => undefined);
  body.resume();
  body.once("close", () => clearTimeout(timer));
}
