import { createPuller } from "@grata/client/puller";
import { createStore, type Observable } from "@grata/client/store";
import type { Failure } from "@grata/contract/errors";
import type { Language } from "@grata/contract/languages";
import type { Presence } from "@grata/contract/team";
import type { LiveSession } from "../live/live-session.ts";

export interface Colleague {
  id: string;
  name: string;
  presence: Presence;
}

interface TeamSnapshot {
  state: { kind: "loading" } | { kind: "ready" } | { kind: "refused"; failure: Failure };
  users: ReadonlyMap<string, Colleague>;
}

export interface Team extends Observable<TeamSnapshot> {
  /** Asks for everybody again: who is new, and who is called otherwise, is not told. */
  refresh(): void;
}

const known = new WeakMap<LiveSession, Team>();

/** Everybody in the team and whether they are there, once somebody has looked: from then on it is kept true. */
export function teamOf(live: LiveSession): Team {
  const team = known.get(live) ?? createTeam(live);
  known.set(live, team);
  return team;
}

function createTeam({ line, report, presence }: LiveSession): Team {
  const store = createStore<TeamSnapshot>({ state: { kind: "loading" }, users: new Map() });
  let behind = true;

  const puller = createPuller({
    line,
    behind: () => behind,
    async ask() {
      const { users } = await line.request("presence.list", {});
      behind = false;
      store.set({ state: { kind: "ready" }, users: new Map(users.map((user) => [user.id, user])) });
      return true;
    },
    refused: (failure) => store.set({ ...store.snapshot(), state: { kind: "refused", failure } }),
  });

  function refresh(): void {
    behind = true;
    puller.now();
  }

  report.subscribe(() => {
    if (report.snapshot().state === "open") refresh();
  });
  presence.subscribe(() => {
    const { state, users } = store.snapshot();
    // The answer that is under way knows it already.
    if (state.kind !== "ready") return;
    const next = new Map(users);
    for (const { userId, presence: now } of presence.snapshot()) {
      const user = users.get(userId);
      if (user) next.set(userId, { ...user, presence: now });
      else if (now !== "offline") refresh();
    }
    store.set({ state, users: next });
  });
  refresh();

  return { snapshot: store.snapshot, subscribe: store.subscribe, refresh };
}

const rank = { online: 0, paused: 1, offline: 2 } as const;

/** Whoever is there comes first, and of each kind by name as the reader's language sorts it. */
export function inTeamOrder(users: readonly Colleague[], language: Language): Colleague[] {
  const { compare } = new Intl.Collator(language);
  return users.toSorted(
    (left, right) => rank[left.presence] - rank[right.presence] || compare(left.name, right.name),
  );
}
