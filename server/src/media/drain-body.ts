import type { FastifyReply, FastifyRequest } from "fastify";

/** A browser that is still sending when the connection closes never reads why: so much more is read and thrown away. */
const mostBytes = 8 * 1_048_576;
const mostMilliseconds = 3_000;

/** Before an answer goes out: reads on a little where the body has not ended; after that the connection closes. */
export async function drainBody(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const body = request.raw;
  if (body.complete || body.destroyed) return;
  const patience = AbortSignal.timeout(mostMilliseconds);
  let bytes = 0;
  await new Promise<void>((resolve) => {
    const more = (piece: Buffer) => {
      bytes += piece.length;
      if (bytes > mostBytes) resolve();
    };
    body.on("data", more);
    for (const end of ["end", "error", "close"]) body.once(end, () => resolve());
    patience.addEventListener("abort", () => resolve());
  });
  body.pause();
  if (!body.complete) reply.header("connection", "close");
}
