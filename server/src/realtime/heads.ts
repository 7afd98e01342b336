import type { EndReason, News } from "@grata/contract/realtime";
import { currentList, listKey, listOf, waitList } from "../domains/conversations/lists/versions.ts";
import type { User, Visitor } from "../foundation/access/principal.ts";
import { rolesWith } from "../foundation/access/roles.ts";
import { queuesOf } from "../foundation/access/visibility.ts";
import { every, type Job } from "../foundation/jobs/every.ts";
import type { Storage } from "../foundation/storage/storage.ts";
import type { Connected } from "./context.ts";
import { createLastWords } from "./last-words.ts";
import type { Presence } from "./presence.ts";
import type { PresenceBoard } from "./presence-board.ts";
import { rooms } from "./rooms.ts";
import type { Standings } from "./standings.ts";

const beatMilliseconds = 1_000;
const tellsInARow = 20;
const beatsBetweenSessionChecks = 5;
const beatsBetweenPresenceLooks = 2;
const beatsBetweenWords = 4;

type HeadRow = {
  conversation_id: string;
  head: number;
  delivery_version: number;
  claimed_by: string | null;
  customer_id: string;
};
type Heads = Extract<News, { type: "heads" }>["heads"];
type StateRow = {
  id: string;
  name: string;
  role: User["role"];
  ended: EndReason | null;
  second_factor_missing: boolean;
  groups: string[];
  identities: User["identities"];
};
type VersionRow = { organisation_id: string; list: string; version: number };

type Dependencies = {
  storage: Storage;
  presence: Presence;
  board: PresenceBoard;
  standings: Standings;
  /** Everybody connected to this node. */
  connected(): Iterable<Connected>;
  /** To a room on this node only: every node reads the heads for its own. */
  tellHere(room: string, news: News): void;
  endSession(sessionId: string, reason: EndReason): void;
  /** Makes the sockets of a session connect again, as whom its user has become. */
  reconnect(sessionId: string): void;
  logFault(error: unknown): void;
};

/**
 * Once a second reads from the database what everybody on this node should have, and tells what moved since the last
 * time: whoever missed an event asks for it. Every second time it tells who of the team came, paused or went, and
 * customers whether somebody is there for them; every fifth time it ends the sockets of sessions that are no more.
 */
export function startHeads(dependencies: Dependencies): Job {
  const { storage, presence, board, standings, connected, tellHere, endSession, reconnect, logFault } =
    dependencies;
  const lastWords = createLastWords(storage, tellHere);
  let told = new Map<string, number>();
  let beats = 0;

  async function beat(): Promise<void> {
    const users = new Map<string, string>();
    const customers = new Map<string, Visitor>();
    const organisations = new Set<string>();
    const sessions = new Map<string, User>();
    for (const { principal } of connected()) {
      organisations.add(principal.organisationId);
      if (principal.kind === "visitor") customers.set(principal.customerId, principal);
      else {
        users.set(principal.userId, principal.organisationId);
        sessions.set(principal.sessionId, principal);
      }
    }
    await presence.note(new Map([...sessions].map(([id, user]) => [id, user.organisationId])));
    // Also when nobody is left here: what was known then is forgotten.
    const looksAtPresence = ++beats % beatsBetweenPresenceLooks === 0;
    if (looksAtPresence) await board.look(new Set(users.values()));
    if (organisations.size === 0) return;
    const seen = new Map<string, number>();
    const agents = await tellHeads(seen, organisations, users, customers);
    if (looksAtPresence) await standings.look([...customers.values()], agents);
    if (users.size > 0) await tellVersions(seen, sessions.values());
    if (users.size > 0 && beats % beatsBetweenWords === 0) await lastWords.look(sessions.values());
    told = seen;
    if (beats % beatsBetweenSessionChecks === 0 && sessions.size > 0) await endDeadSessions(sessions);
  }

  /** Notes a number and says whether it moved since the last beat. */
  function moved(seen: Map<string, number>, key: string, number: number): boolean {
    seen.set(key, number);
    return told.get(key) !== number;
  }

  /** Resolves to who serves whom, of the customers here. */
  async function tellHeads(
    seen: Map<string, number>,
    organisations: Set<string>,
    users: Map<string, string>,
    customers: ReadonlyMap<string, Visitor>,
  ): Promise<Map<string, string>> {
    const rows = await storage.system<HeadRow>("system_heads_of_logs", [
      [...organisations],
      [...users.keys()],
      [...customers.keys()],
    ]);
    const byRoom = new Map<string, Heads>();
    const note = (room: string, head: Heads[number]) => {
      const heads = byRoom.get(room) ?? [];
      heads.push(head);
      byRoom.set(room, heads);
    };
    for (const { conversation_id: conversationId, head, delivery_version: deliveries, ...row } of rows) {
      const written = moved(seen, conversationId, head);
      const delivered = deliveries > 0 && moved(seen, `${conversationId} deliveries`, deliveries);
      if (!written && !delivered) continue;
      if (row.claimed_by !== null && users.has(row.claimed_by)) {
        note(rooms.user(row.claimed_by), { conversationId, head, ...(deliveries > 0 && { deliveries }) });
      }
      if (written && customers.has(row.customer_id)) {
        note(rooms.customer(row.customer_id), { conversationId, head });
      }
    }
    let toldInARow = 0;
    for (const [room, heads] of byRoom) {
      tellHere(room, { type: "heads", heads });
      // Messages do not wait until thousands have been told.
      if (++toldInARow % tellsInARow === 0) await new Promise(setImmediate);
    }
    return agentsIn(rows);
  }

  async function tellVersions(seen: Map<string, number>, users: Iterable<User>): Promise<void> {
    const watched = new Map<string, [organisationId: string, list: string]>();
    const watch = (organisationId: string, list: string) =>
      watched.set(listKey(organisationId, list), [organisationId, list]);
    for (const user of users) {
      const { organisationId, userId } = user;
      watch(organisationId, currentList(userId));
      for (const queueId of queuesOf(user)) watch(organisationId, waitList({ organisationId, queueId }));
    }
    const rows = await storage.system<VersionRow>("system_versions_of_lists", [
      Array.from(watched.values(), ([organisationId]) => organisationId),
      Array.from(watched.values(), ([, list]) => list),
    ]);
    for (const { organisation_id: organisationId, list, version } of rows) {
      if (moved(seen, listKey(organisationId, list), version)) tellVersion(organisationId, list, version);
    }
  }

  function tellVersion(organisationId: string, list: string, version: number): void {
    const of = listOf(organisationId, list);
    if (of.kind === "current") {
      tellHere(rooms.user(of.userId), { type: "versions", current: version });
      return;
    }
    const { queueId } = of;
    tellHere(
      rooms.queue(organisationId, queueId),
      queueId === organisationId
        ? { type: "versions", waiting: version }
        : { type: "versions", waitingIn: { queue: queueId, version } },
    );
  }

  async function endDeadSessions(sessions: Map<string, User>): Promise<void> {
    const rows = await storage.system<StateRow>("system_principals_of_sessions", [
      [...sessions.keys()],
      rolesWith("conversations.readAll"),
    ]);
    const states = new Map(rows.map((row) => [row.id, row]));
    for (const [sessionId, user] of sessions) {
      const state = states.get(sessionId);
      if (!state) endSession(sessionId, "expired");
      else if (state.ended !== null) endSession(sessionId, state.ended);
      // A socket keeps the permissions, queues, name and identities of its handshake until it connects again.
      else if (!isSame(state, user)) reconnect(sessionId);
      // It is refused then, until its user has set one up.
      else if (state.second_factor_missing) reconnect(sessionId);
    }
  }

  return every(beatMilliseconds, beat, { logFault, firstAfterPause: true });
}

function isSame(state: StateRow, user: User): boolean {
  return (
    state.role === user.role &&
    state.name === user.name &&
    // Both were read by the same function, which gives each in one order.
    JSON.stringify(state.identities) === JSON.stringify(user.identities) &&
    state.groups.length === user.queues.length &&
    state.groups.every((queue) => user.queues.includes(queue))
  );
}

/** Returns the agent of each customer. Ids grow with time, so the newest conversation counts over one just closed. */
function agentsIn(rows: HeadRow[]): Map<string, string> {
  const newest = new Map<string, HeadRow>();
  for (const row of rows) {
    const known = newest.get(row.customer_id);
    if (!known || known.conversation_id < row.conversation_id) newest.set(row.customer_id, row);
  }
  return new Map(
    [...newest].flatMap(([customerId, { claimed_by }]) =>
      claimed_by === null ? [] : [[customerId, claimed_by] as const],
    ),
  );
}
