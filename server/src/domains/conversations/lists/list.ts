import type { RequestInput, RequestOutput } from "@grata/contract/realtime";
import { sql } from "drizzle-orm";
import type { Principal } from "../../../foundation/access/principal.ts";
import { requireUser } from "../../../foundation/access/require-access.ts";
import { queuesOf } from "../../../foundation/access/visibility.ts";
import { Refusal } from "../../../foundation/refusal/refusal.ts";
import type { Storage } from "../../../foundation/storage/storage.ts";
import { type CurrentLine, withCapabilities } from "../present.ts";
import { readCurrent } from "./read-current.ts";
import { readWaitList } from "./read-waiting.ts";
import { createSharedReads } from "./shared-reads.ts";
import { currentList, listKey, readVersion, waitList } from "./versions.ts";

const waitListLimit = 200;

/** A list that nobody waits on, and that has never moved. */
const nothing = { version: 0, total: 0, conversations: [] };

type WaitListAnswer = RequestOutput<"waiting.list">;
export type ListWaiting = (
  principal: Principal,
  input: RequestInput<"waiting.list">,
) => Promise<WaitListAnswer>;

/**
 * Answers with the front of a queue's wait list in this order, how many wait in all, and the version to apply changes to. A queue's
 * list is the same for everybody who sees it: after a gap hundreds ask at once, and share one read.
 */
export function createListWaiting(
  storage: Storage,
  capabilitiesOf: Parameters<typeof withCapabilities>[1],
): ListWaiting {
  const sharedRead = createSharedReads<WaitListAnswer>();
  return async (principal, { queue, order = "longest" }) => {
    const user = requireUser(principal, "waiting.list");
    const { organisationId } = user;
    const queueId = queue ?? organisationId;
    const queues = queuesOf(user);
    const others = queues.filter((id) => id !== organisationId);
    // Whoever does not see everybody's is told of their own.
    if (queue === undefined && !queues.includes(organisationId)) return { ...nothing, order, queues: others };
    if (!queues.includes(queueId)) throw new Refusal("forbidden");
    const list = waitList({ organisationId, queueId });
    const answer = await sharedRead(`${listKey(organisationId, list)} ${order}`, () =>
      storage.inOrganisation(organisationId, async (transaction) => {
        // Version, total and lines as of one moment: by them a client knows what it was not sent.
        await transaction.execute(sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ`);
        const { version, size } = await readVersion(transaction, organisationId, list);
        const place = { organisationId, queueId };
        const lines = await readWaitList(transaction, place, { order, limit: waitListLimit });
        const { length } = lines;
        const conversations = lines.map((line) => withCapabilities(line, capabilitiesOf));
        const total = length < waitListLimit ? length : Math.max(size, length);
        return { version, total, order, conversations };
      }),
    );
    return queue === undefined ? { ...answer, queues: others } : answer;
  };
}

/** The chats that the user serves, and the version to apply changes to. */
export function listCurrent(
  storage: Storage,
  principal: Principal,
): Promise<{ version: number; conversations: CurrentLine[] }> {
  const user = requireUser(principal, "current.list");
  const { organisationId, userId } = user;
  return storage.inOrganisation(organisationId, async (transaction) => {
    const { version } = await readVersion(transaction, organisationId, currentList(userId));
    return { version, conversations: await readCurrent(transaction, user) };
  });
}
