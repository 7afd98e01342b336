import type { News } from "@grata/contract/realtime";
import { readPresent } from "../domains/accounts/connected-sessions.ts";
import type { Visitor } from "../foundation/access/principal.ts";
import type { Storage } from "../foundation/storage/storage.ts";
import { rooms } from "./rooms.ts";

const tellsInARow = 20;

type Standing = { staffed: boolean; served?: boolean };

export type Standings = {
  /**
   * Tells each of these customers what moved since they were last told, or everything once. `agents` says who serves
   * whom.
   */
  look(visitors: readonly Visitor[], agents: ReadonlyMap<string, string>): Promise<void>;
};

/**
 * Keeps customers told of who is there for them: of the team anybody, and whoever serves their chat. They learn that
 * much and no names. A pause is an absence for those who wait, not for those who are served.
 */
export function createStandings(storage: Storage, tellHere: (room: string, news: News) => void): Standings {
  let told = new Map<string, string>();

  return {
    async look(visitors, agents) {
      const seen = new Map<string, string>();
      const organisations = [...new Set(visitors.map(({ organisationId }) => organisationId))];
      const present = organisations.length > 0 ? await readPresent(storage, organisations) : [];
      const there = new Set(present.map(({ user_id }) => user_id));
      const staffed = new Set(
        present.filter(({ paused }) => !paused).map(({ organisation_id }) => organisation_id),
      );
      let toldInARow = 0;
      for (const { customerId, organisationId, testerId } of visitors) {
        const agent = agents.get(customerId);
        const standing: Standing = {
          // A user who tests their console is there, also during a pause.
          staffed: testerId !== null || staffed.has(organisationId),
          ...(agent !== undefined && { served: there.has(agent) }),
        };
        const words = JSON.stringify(standing);
        if (seen.has(customerId)) continue;
        seen.set(customerId, words);
        if (told.get(customerId) === words) continue;
        tellHere(rooms.customer(customerId), { type: "standing", ...standing });
        // Messages do not wait until thousands have been told.
        if (++toldInARow % tellsInARow === 0) await new Promise(setImmediate);
      }
      told = seen;
    },
  };
}
