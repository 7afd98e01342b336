import type { Queued } from "../../../foundation/access/queue.ts";
import type { Conversation } from "../../../foundation/schema/conversations.ts";
import type { Transaction } from "../../../foundation/storage/storage.ts";
import type { Change } from "../changes.ts";
import type { CurrentLine } from "../present.ts";
import { readCurrentLines } from "./read-current.ts";
import { readWaiting } from "./read-waiting.ts";
import { advanceLists, currentList, listKey, waitList } from "./versions.ts";

/** As much of a conversation as decides on which list it stands. */
type Standing = Queued & Pick<Conversation, "id" | "status" | "claimedBy">;

/** One conversation before and after an action; null: there was none. The same on both sides: its line changed in place. */
export type Move = { before: Standing | null; after: Standing };

/** A list, and what an action does to it. */
type Step = {
  list: string;
  of: { kind: "waiting"; queueId: string } | { kind: "current"; userId: string };
  growth: number;
  shown: string[];
  gone: string[];
};

/**
 * Takes each conversation from the list on which it stood to the one on which it stands now, reads the lines that are
 * shown anew, and moves each list by one version. The conversations are of one organisation and locked, and these are
 * the last statements of the transaction: the lists stay locked until its commit.
 */
export async function moveLines(
  transaction: Transaction,
  organisationId: string,
  moves: readonly Move[],
): Promise<Change[]> {
  const steps = stepsOf(moves);
  if (steps.length === 0) return [];
  const waiting = await readWaiting(transaction, organisationId, shownIn(steps, "waiting"));
  const current = new Map<string, Map<string, CurrentLine>>();
  for (const { of, shown } of steps) {
    if (of.kind !== "current" || shown.length === 0) continue;
    const reader = { organisationId, userId: of.userId };
    current.set(of.userId, await readCurrentLines(transaction, reader, shown));
  }
  const states = await advanceLists(
    transaction,
    steps.map(({ list, growth }) => ({ organisationId, list, growth })),
  );
  const changeOf = ({ list, of, shown, gone: removed }: Step): Change => {
    const state = states.get(listKey(organisationId, list));
    if (!state) throw new Error("A list that was moved has no number.");
    const { version, size: total } = state;
    if (of.kind === "waiting") {
      const changed = shown.flatMap((id) => present(waiting.get(id)));
      return { kind: "waiting", organisationId, queueId: of.queueId, version, total, changed, removed };
    }
    const lines = current.get(of.userId);
    const changed = shown.flatMap((id) => present(lines?.get(id)));
    return { kind: "current", organisationId, userId: of.userId, version, changed, removed };
  };
  return steps.map(changeOf);
}

/** The line that moved into a user's own list, which these changes carry. */
export function currentLine(changes: readonly Change[], conversationId: string): CurrentLine {
  for (const change of changes) {
    const line = change.kind === "current" && change.changed.find(({ id }) => id === conversationId);
    if (line) return line;
  }
  throw new Error("A conversation that was just moved to a list has no line there.");
}

function stepsOf(moves: readonly Move[]): Step[] {
  const steps = new Map<string, Step>();
  const stepOf = (standing: Standing): Step | null => {
    const place = placeOf(standing);
    if (place === null) return null;
    const known = steps.get(place.list) ?? { ...place, growth: 0, shown: [], gone: [] };
    steps.set(place.list, known);
    return known;
  };
  for (const { before, after } of moves) {
    const from = before && stepOf(before);
    const to = stepOf(after);
    to?.shown.push(after.id);
    if (from === to) continue;
    if (to) to.growth += 1;
    if (!from) continue;
    from.growth -= 1;
    from.gone.push(after.id);
  }
  // Wait lists first: what leaves one is on its way to a user.
  return [...steps.values()].sort((one, other) => (one.of.kind < other.of.kind ? 1 : -1));
}

/** The list on which a conversation stands; null: none. */
function placeOf(standing: Standing): Pick<Step, "list" | "of"> | null {
  const { queueId, claimedBy: userId } = standing;
  if (standing.status === "waiting") return { list: waitList(standing), of: { kind: "waiting", queueId } };
  if (standing.status === "closed" || userId === null) return null;
  return { list: currentList(userId), of: { kind: "current", userId } };
}

const shownIn = (steps: readonly Step[], kind: Step["of"]["kind"]) =>
  steps.flatMap(({ of, shown }) => (of.kind === kind ? shown : []));

const present = <Line>(line: Line | undefined): Line[] => (line === undefined ? [] : [line]);
