import type { Storage } from "../storage/storage.ts";
import type { Entrances } from "./entrances.ts";

/** How long other nodes may not have heard of a change. */
const freshMilliseconds = 5_000;

/** The host names of organisations that have proved them. */
export type OwnHosts = {
  /** The organisation whose own host name stands in a Host header; null: it is an entrance, or nobody's. */
  find(hostHeader: string | undefined): Promise<string | null>;
  /** A host name was added or taken away: this node reads them anew. */
  forget(): void;
};

/**
 * Keeps the whole list for some seconds: a request costs no query, and however many names somebody makes up, they cost
 * none either. While the database is away the list that is known goes on counting.
 */
export function createOwnHosts(storage: Pick<Storage, "system">, entrances: Entrances): OwnHosts {
  let known: { hosts: Map<string, string>; at: number } | null = null;
  let reading: Promise<Map<string, string>> | null = null;

  async function read(): Promise<Map<string, string>> {
    const rows = await storage.system<{ host: string; organisation_id: string }>("system_own_hosts", []);
    return new Map(rows.map((row) => [row.host, row.organisation_id]));
  }

  async function all(): Promise<Map<string, string>> {
    if (known && Date.now() - known.at < freshMilliseconds) return known.hosts;
    const mine = reading ?? read();
    reading = mine;
    try {
      const hosts = await mine;
      // One that began before a change may not know of it.
      if (reading === mine) known = { hosts, at: Date.now() };
      return hosts;
    } catch (error) {
      if (known) return known.hosts;
      throw error;
    } finally {
      if (reading === mine) reading = null;
    }
  }

  return {
    async find(hostHeader) {
      const host = hostIn(hostHeader);
      if (host === "" || entrances.includesHost(host)) return null;
      return (await all()).get(host) ?? null;
    },
    forget() {
      reading = null;
      if (known) known.at = 0;
    },
  };
}

/** The name in a Host header, without port and final dot, in lower case; empty: there is none. */
export function hostIn(header: string | undefined): string {
  return (header ?? "").toLowerCase().replace(/:\d*$/, "").replace(/\.$/, "");
}
