import type { News } from "@grata/contract/realtime";
import type { Presence } from "@grata/contract/team";
import { type PresentUser, readPresent } from "../domains/accounts/connected-sessions.ts";
import type { Storage } from "../foundation/storage/storage.ts";
import { rooms } from "./rooms.ts";

/** Who is there, by user; whoever is missing is offline. */
type Board = ReadonlyMap<string, Presence>;

export type PresenceBoard = {
  /** What this node has told of an organisation; what moves from now on is told to its team. */
  of(organisationId: string): Promise<Board>;
  /** Looks again at these organisations, tells their teams what moved, and forgets all others. */
  look(organisationIds: ReadonlySet<string>): Promise<void>;
};

/**
 * Knows who of the team is there, as the database has it, for the organisations of this node's sockets. It answers only
 * with what it told, so that a list and the news after it fit together: nobody connects, pauses or dies in between.
 */
export function createPresenceBoard(
  storage: Storage,
  tellHere: (room: string, news: News) => void,
): PresenceBoard {
  const boards = new Map<string, Board>();
  let turn: Promise<void> = Promise.resolve();

  /** One look after the other: an older one never comes over a newer one. */
  function inTurn(work: () => Promise<void>): Promise<void> {
    const mine = turn.catch(() => undefined).then(work);
    turn = mine;
    return mine;
  }

  async function read(organisationIds: string[]): Promise<void> {
    const rows = await readPresent(storage, organisationIds);
    const seen = new Map(organisationIds.map((id) => [id, new Map<string, Presence>()]));
    for (const row of rows) seen.get(row.organisation_id)?.set(row.user_id, presenceOf(row));
    for (const [organisationId, now] of seen) {
      const changes = changesBetween(boards.get(organisationId) ?? now, now);
      boards.set(organisationId, now);
      if (changes.length > 0) tellHere(rooms.team(organisationId), { type: "presence", changes });
    }
  }

  return {
    async of(organisationId) {
      if (!boards.has(organisationId)) {
        await inTurn(async () => {
          if (!boards.has(organisationId)) await read([organisationId]);
        });
      }
      return boards.get(organisationId) ?? new Map();
    },
    look: (organisationIds) =>
      inTurn(async () => {
        for (const id of boards.keys()) if (!organisationIds.has(id)) boards.delete(id);
        // Those that nobody has asked for have been told of nothing.
        if (boards.size > 0) await read([...boards.keys()]);
      }),
  };
}

function presenceOf({ paused }: PresentUser): Presence {
  return paused ? "paused" : "online";
}

function changesBetween(before: Board, now: Board): { userId: string; presence: Presence }[] {
  const moved = [...now].filter(([userId, presence]) => before.get(userId) !== presence);
  const left = [...before.keys()].filter((userId) => !now.has(userId));
  return [
    ...moved.map(([userId, presence]) => ({ userId, presence })),
    ...left.map((userId) => ({ userId, presence: "offline" as const })),
  ];
}
