import { noteConnected, notedEverySeconds } from "../accounts/connected-sessions.ts";
import type { Storage } from "../storage/storage.ts";

/**
 * Keeps in the database which sessions have a socket here: at once when that changes, else every ten seconds, in one
 * statement for the whole node. A node that dies is forgotten by the clock.
 */
export function createPresence(storage: Storage, now: () => number = Date.now) {
  let noted = new Map<string, string>();
  let notedAt = 0;

  /** Takes the sessions that are connected, each with its organisation. */
  return async (connected: Map<string, string>): Promise<void> => {
    const gone = [...noted.keys()].filter((session) => !connected.has(session));
    const came = [...connected.keys()].some((session) => !noted.has(session));
    const due = connected.size > 0 && now() - notedAt >= notedEverySeconds * 1_000;
    if (!came && gone.length === 0 && !due) return;
    const organisations = new Set([...connected.values(), ...noted.values()]);
    await noteConnected(storage, [...organisations], [...connected.keys()], gone);
    noted = new Map(connected);
    notedAt = now();
  };
}
