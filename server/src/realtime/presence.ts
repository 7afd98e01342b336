import { noteConnected, notedEverySeconds } from "../domains/accounts/connected-sessions.ts";
import type { User } from "../foundation/access/principal.ts";
import type { Storage } from "../foundation/storage/storage.ts";

export type Presence = {
  /** Somebody is about to be let in: whoever writes to them from now on finds somebody there. */
  arrive(user: User): Promise<void>;
  /** Takes the sessions that are connected, each with its organisation. */
  note(connected: Map<string, string>): Promise<void>;
};

/**
 * Keeps in the database which sessions have a socket here: at once when somebody comes, within a second when they go,
 * else every five seconds, in one statement for the whole node. A node that dies is forgotten by the clock.
 */
export function createPresence(storage: Storage, now: () => number = Date.now): Presence {
  let noted = new Map<string, string>();
  let notedAt = 0;

  return {
    async arrive({ sessionId, organisationId }) {
      if (noted.has(sessionId)) return;
      await noteConnected(storage, [organisationId], [sessionId], []);
      // So that the next beat misses whoever has left again by then.
      noted.set(sessionId, organisationId);
    },
    async note(connected) {
      const gone = [...noted.keys()].filter((session) => !connected.has(session));
      const came = [...connected.keys()].some((session) => !noted.has(session));
      const due = connected.size > 0 && now() - notedAt >= notedEverySeconds * 1_000;
      if (!came && gone.length === 0 && !due) return;
      const organisations = new Set([...connected.values(), ...noted.values()]);
      await noteConnected(storage, [...organisations], [...connected.keys()], gone);
      noted = new Map(connected);
      notedAt = now();
    },
  };
}
