import { Resolver } from "node:dns/promises";

/** Reads the TXT records of a name; none where there are none, or where nobody answers. */
export type ResolveText = (name: string) => Promise<string[]>;

/** Asks these name servers, or those of this machine. */
export function createTextResolver(servers: string[]): ResolveText {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  if (servers.length > 0) resolver.setServers(servers);
  return async (name) => {
    try {
      // A long record comes in parts.
      return (await resolver.resolveTxt(name)).map((parts) => parts.join(""));
    } catch {
      return [];
    }
  };
}
