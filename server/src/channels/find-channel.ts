import type { Storage } from "../storage/storage.ts";
import type { ChannelKind } from "./port.ts";

export type FoundChannel = { organisationId: string; id: string; kind: ChannelKind; name: string };

type ChannelRow = { organisation_id: string; id: string; kind: ChannelKind; name: string };

/** Finds a channel by the id that its snippet or callback names, whosever it is. */
export async function findChannel(storage: Storage, id: string): Promise<FoundChannel | null> {
  const [row] = await storage.system<ChannelRow>("system_channel", [id]);
  return row ? { organisationId: row.organisation_id, id: row.id, kind: row.kind, name: row.name } : null;
}

/** The web chat that the page /try shows: the first of the installation, or null before the set-up. */
export async function findFirstWebchat(storage: Storage): Promise<string | null> {
  const [row] = await storage.system<{ system_first_webchat: string | null }>("system_first_webchat", []);
  return row?.system_first_webchat ?? null;
}
