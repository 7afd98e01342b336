import type { Conversation } from "../../foundation/schema/conversations.ts";
import type { Transaction } from "../../foundation/storage/storage.ts";
import type { Change } from "./changes.ts";
import { advanceLists, currentList, listKey, waitingList } from "./list-versions.ts";
import { readOneCurrent } from "./read-current.ts";
import { readWaiting } from "./read-waiting.ts";

/**
 * What lists show of these chats is another thing now, or they are new there (`growth` 1): a step of each list that
 * has one. The chats are of one organisation and locked, and these are the last statements of the transaction: the
 * lists stay locked.
 */
export async function lineChanges(
  transaction: Transaction,
  organisationId: string,
  chats: readonly Conversation[],
  growth = 0,
): Promise<Change[]> {
  const waiting = chats
    .filter(({ status, testerId }) => status === "waiting" && testerId === null)
    .map(({ id }) => id);
  const lines = waiting.length > 0 ? [...(await readWaiting(transaction, waiting)).values()] : [];
  const served = chats.flatMap(({ id, status, claimedBy, testerId }) => {
    // A test waits in its tester's own list.
    const userId = status === "waiting" ? testerId : claimedBy;
    return status !== "closed" && userId !== null ? [{ id, userId }] : [];
  });
  const byUser = Map.groupBy(served, ({ userId }) => userId);
  const current = new Map<string, Awaited<ReturnType<typeof readOneCurrent>>[]>();
  for (const [userId, ofUser] of byUser) {
    const read = [];
    for (const { id } of ofUser) read.push(await readOneCurrent(transaction, { organisationId, userId }, id));
    current.set(userId, read);
  }
  const lists = [
    ...(waiting.length > 0 ? [waitingList] : []),
    ...[...byUser.keys()].map((userId) => currentList(userId)),
  ];
  if (lists.length === 0) return [];
  const steps = lists.map((list) => ({ organisationId, list, growth }));
  const held = await advanceLists(transaction, steps);
  const stepOf = (list: string) => held.get(listKey(organisationId, list)) ?? { version: 0, size: 0 };
  const changes: Change[] = [...current].map(([userId, changed]) => ({
    kind: "current",
    organisationId,
    userId,
    version: stepOf(currentList(userId)).version,
    changed,
    removed: [],
  }));
  if (waiting.length === 0) return changes;
  const { version, size: total } = stepOf(waitingList);
  return [{ kind: "waiting", organisationId, version, total, changed: lines, removed: [] }, ...changes];
}
