import type { Storage } from "../../foundation/storage/storage.ts";

/** The web chat that the page /try shows: the first of the installation, or null before the set-up. */
export async function findFirstWebchat(storage: Storage): Promise<string | null> {
  const [row] = await storage.system<{ system_first_webchat: string | null }>("system_first_webchat", []);
  return row?.system_first_webchat ?? null;
}
