import type { IncomingHttpHeaders } from "node:http";
import type { Entrances } from "./entrances.ts";

/**
 * Whether a request that changes something, or opens a socket, may come from where it says. Browsers name the Origin,
 * or at least the relation (Fetch Metadata); what says neither is not a browser and carries nobody's cookies.
 */
export function isForeign(headers: IncomingHttpHeaders, entrances: Entrances): boolean {
  if (headers.origin !== undefined) return !entrances.includes(headers.origin);
  const site = headers["sec-fetch-site"];
  return site !== undefined && site !== "same-origin" && site !== "none";
}
