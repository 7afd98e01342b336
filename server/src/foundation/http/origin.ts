import type { IncomingHttpHeaders } from "node:http";
import type { Entrances } from "./entrances.ts";
import type { OwnHosts } from "./own-hosts.ts";

/**
 * Whether a request that changes something, or opens a socket, may come from where it says. Browsers name the Origin,
 * or at least the relation (Fetch Metadata); what says neither is not a browser and carries nobody's cookies. Under an
 * organisation's own host name only that host's own pages may ask.
 */
export async function isForeign(
  headers: IncomingHttpHeaders,
  { entrances, ownHosts }: { entrances: Entrances; ownHosts: OwnHosts },
): Promise<boolean> {
  const { origin, host = "" } = headers;
  if (origin !== undefined) {
    if ((await ownHosts.find(host)) === null) return !entrances.includes(origin);
    const schemes = entrances.secureOnly() ? ["https"] : ["https", "http"];
    return !schemes.some((scheme) => origin === `${scheme}://${host.toLowerCase()}`);
  }
  const site = headers["sec-fetch-site"];
  return site !== undefined && site !== "same-origin" && site !== "none";
}
