import type { FastifyRequest } from "fastify";

const milliseconds = 30_000;

/** Whoever sends a body drop by drop holds a connection: it ends after half a minute, where nothing large is expected. */
export function limitBodyTime(request: FastifyRequest): void {
  const { raw } = request;
  if (raw.complete || request.routeOptions.config.largeBody === true) return;
  const timer = setTimeout(() => {
    if (!raw.complete) raw.destroy();
  }, milliseconds);
  raw.once("close", () => clearTimeout(timer));
}
