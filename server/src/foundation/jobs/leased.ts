import { sql } from "drizzle-orm";
import { v4 as randomId } from "uuid";
import { every, type Job, unlessRefusal } from "./every.ts";

/** It did not work, and may later: after so many seconds, else after a pause that grows with the attempts. */
export type Postponed = { kind: "postponed"; reason: string; afterSeconds?: number };

/**
 * Rows that wait to be worked on, in lanes: in order within a lane, lanes independent of each other. A lane is whatever
 * the table says, such as one customer on one channel, or a single row. Each function but `work` is one short
 * transaction, so that none is open while the outside is called; the lease keeps other workers away meanwhile.
 */
export type Lanes<Lane, Item extends { attempts: number }, Outcome extends { kind: string }> = {
  /** Leases the lane that has been due longest; null when none is. */
  lease(workerId: string, seconds: number): Promise<Lane | null>;
  /**
   * Takes the first of the lane and counts the attempt, and leases the lane anew for what follows. Null: there is nothing
   * to do (any more, or yet), and the lane was given back; or another worker has it.
   */
  begin(lane: Lane, seconds: number): Promise<Item | null>;
  /** Must end before the lease does. If it throws, the lease has to run out before anybody tries again. */
  work(item: Item, lane: Lane): Promise<Outcome | Postponed>;
  /** Notes for good what became of it. */
  settle(lane: Lane, item: Item, outcome: Outcome): Promise<void>;
  /** Gives the lane back until then: the same item is tried again first. */
  postpone(lane: Lane, item: Item, reason: string, seconds: number): Promise<void>;
};

type Settings = {
  /** Longer than any piece of work takes. */
  leaseSeconds: number;
  lanesAtOnce: number;
  /** Each row is a lane of its own: once it is done, its lane is not asked for more. */
  rowIsLane?: true;
  /** The pause after the first attempt; it doubles with each. */
  firstPauseSeconds: number;
  longestPauseSeconds: number;
  logFault(error: unknown): void;
};

/** The net under the wake-up: also how soon the lanes of a killed worker are found once their lease ran out. */
const pollMilliseconds = 1_000;

/**
 * Works on what is due. It may be killed at any line: what it had leased is leased again, here or on another node, when
 * the lease has run out. Closing waits for what is under way and begins nothing more.
 */
export function startLeasedWorker<Lane, Item extends { attempts: number }, Outcome extends { kind: string }>(
  lanes: Lanes<Lane, Item, Outcome>,
  settings: Settings,
): Job {
  const { leaseSeconds, lanesAtOnce, rowIsLane, logFault } = settings;
  const workerId = randomId();
  const note = unlessRefusal(logFault);
  const active = new Set<Promise<void>>();
  let again = false;
  let closing = false;

  function wake(): void {
    again = true;
    begin();
  }

  /** Serves one more lane beside the others, where there is room for it. */
  function begin(): void {
    if (closing || active.size >= lanesAtOnce) return;
    again = false;
    const serving = serveLanes()
      .catch(note)
      .finally(() => {
        active.delete(serving);
        // Woken while there was no room: what it was woken for may have come after the last look.
        if (again) begin();
      });
    active.add(serving);
  }

  async function serveLanes(): Promise<void> {
    for (let lane = await next(); lane !== null; lane = await next()) {
      // Where one lane was due there may be more: a slow one must not hold up the others.
      begin();
      await serve(lane);
    }
  }

  async function next(): Promise<Lane | null> {
    return closing ? null : lanes.lease(workerId, leaseSeconds);
  }

  async function serve(lane: Lane): Promise<void> {
    do {
      const item = await lanes.begin(lane, leaseSeconds);
      if (item === null) return;
      const outcome = await lanes.work(item, lane);
      if (isPostponed(outcome)) {
        const seconds = outcome.afterSeconds ?? pauseAfter(item.attempts, settings);
        return lanes.postpone(lane, item, outcome.reason, seconds);
      }
      await lanes.settle(lane, item, outcome);
    } while (!closing && !rowIsLane);
  }

  const poll = every(pollMilliseconds, async () => wake(), { logFault, firstAfterPause: true });
  return {
    wake,
    async close() {
      closing = true;
      await poll.close();
      await Promise.all(active);
    },
  };
}

function isPostponed(outcome: { kind: string }): outcome is Postponed {
  return outcome.kind === "postponed";
}

function pauseAfter(attempts: number, { firstPauseSeconds, longestPauseSeconds }: Settings): number {
  return Math.min(firstPauseSeconds * 2 ** (attempts - 1), longestPauseSeconds);
}

/** The columns of a lease that is given back. */
export const released = { leasedBy: null, leasedUntil: null };

/** So many seconds from now, by the clock of the database. */
export const secondsFromNow = (seconds: number) => sql`now() + make_interval(secs => ${seconds})`;
