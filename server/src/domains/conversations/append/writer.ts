import type pg from "pg";
import { Refusal } from "../../../foundation/refusal/refusal.ts";
import {
  databaseErrorCode,
  isUnavailable,
  violatedConstraint,
} from "../../../foundation/storage/database-errors.ts";
import type { Outage } from "../../../foundation/storage/outage.ts";
import type { OwnConnection } from "../../../foundation/storage/storage.ts";
import type { Publish } from "../changes.ts";
import { type Outcome, storeBatch, type Way } from "./batch.ts";
import type { Appended, Item, NewEntry } from "./item.ts";
import { createLine, lockTimeoutMilliseconds } from "./line.ts";
import type { WaysOf } from "./numbering.ts";
import { AppendQueue } from "./queue.ts";

/** Rows in one commit: enough that the commit no longer matters, few enough that nobody waits for a neighbour. */
const batchLimit = 256;
/** Past this a sender is told to come back: waiting longer helps nobody. */
const queueLimit = 20_000;
const patienceMilliseconds = 5_000;
/** An item that waits so long beyond that is refused untried: its sender is about to give up and send it again. */
const graceMilliseconds = 1_000;
/** How often the writer looks for a batch, or a connection, that keeps everybody else waiting too long. */
const stallCheckMilliseconds = 500;
const asideMilliseconds = 20;
/** The same where finding out costs a whole lock timeout. */
const longAsideMilliseconds = 500;
const lockNotAvailable = "55P03";

export type AppendWriter = {
  /**
   * Appends an entry and resolves once it is committed: never before. Throws the access module's refusals,
   * `conversation_unknown`, `conversation_busy`, `too_many_requests` when too much of the same conversation or
   * organisation waits already, and `unavailable` while the database is away; after that last one it may have been
   * stored all the same, and the same client id may safely be sent again.
   */
  append(entry: NewEntry): Promise<Appended>;
  /** Writes to the database as a message would, and takes it back: throws what stands in the way of messages. */
  rehearse(): Promise<void>;
  /** Stores what has been accepted, then stops. */
  close(): Promise<void>;
};

type Dependencies = {
  connect(overrides: pg.ClientConfig): Promise<OwnConnection>;
  waysOf: WaysOf;
  publish: Publish;
  logFault(error: unknown): void;
  /** The outage of the database, as far as writing is concerned. */
  outage: Outage;
};

/**
 * One writer for each node: it gathers what arrives while the last commit is under way and stores it in one short
 * transaction (decision 2 of docs/architecture.md).
 */
export function createAppendWriter({
  connect,
  waysOf,
  publish,
  logFault,
  outage,
}: Dependencies): AppendWriter {
  const queue = new AppendQueue();
  const line = createLine({ connect, outage });
  let running: Promise<void> | null = null;
  let rehearsal: PromiseWithResolvers<void> | null = null;
  let closing = false;
  let skipUntil = 0;
  /** Since when one round of work has been under way; null: there is nothing to do. */
  let workingSince: number | null = null;
  const watching = setInterval(() => {
    if (workingSince === null || performance.now() - workingSince < patienceMilliseconds) return;
    rejectAll(queue.drain(), new Refusal("unavailable", { retryAfter: 2 }));
  }, stallCheckMilliseconds);

  function append(entry: NewEntry): Promise<Appended> {
    if (closing || queue.size >= queueLimit) return Promise.reject(new Refusal("unavailable"));
    return new Promise((resolve, reject) => {
      const item = { entry, deadline: performance.now() + patienceMilliseconds, resolve, reject };
      if (!queue.add(item)) return reject(new Refusal("too_many_requests"));
      running ??= run();
    });
  }

  function rehearse(): Promise<void> {
    if (closing) return Promise.reject(new Refusal("unavailable"));
    rehearsal ??= Promise.withResolvers();
    running ??= run();
    return rehearsal.promise;
  }

  async function run(): Promise<void> {
    // Let everything that arrived in this turn of the event loop join the first batch.
    await new Promise(setImmediate);
    while (queue.size > 0 || rehearsal) {
      workingSince = performance.now();
      if (rehearsal) await rehearseNow(rehearsal);
      if (await isConnected()) await storeNext();
    }
    workingSince = null;
    running = null;
  }

  async function rehearseNow({ resolve, reject }: PromiseWithResolvers<void>): Promise<void> {
    rehearsal = null;
    await line.rehearse().then(resolve, reject);
  }

  /** Without a connection nothing that waits can be stored: nobody is kept waiting, and no batch is begun. */
  async function isConnected(): Promise<boolean> {
    try {
      await line.open();
      return true;
    } catch (error) {
      rejectAll(queue.drain(), error);
      return false;
    }
  }

  async function storeNext(): Promise<void> {
    const now = performance.now();
    const items = timely(queue.take(batchLimit, now), now);
    if (items.length > 0) {
      await store(items, { whenLocked: now < skipUntil ? "skip" : "wait", repeats: "unlikely" }).catch(
        (error) => {
          logFault(error);
          rejectAll(items, error);
        },
      );
    } else if (queue.size > 0) {
      await new Promise((resolve) => setTimeout(resolve, pauseUntil(queue.nextTurn() ?? now, now)));
    }
  }

  async function store(items: Item[], way: Way): Promise<void> {
    let outcome: Outcome;
    try {
      outcome = await storeBatch(await line.open(), waysOf, items, way);
    } catch (error) {
      await line.recover(error);
      return afterFailure(items, error, way);
    }
    if (outcome.changes.length > 0) outage.ended();
    settle(items, outcome);
  }

  async function afterFailure(items: Item[], error: unknown, way: Way): Promise<void> {
    if (databaseErrorCode(error) === lockNotAvailable) {
      // While somebody holds a conversation for long, batches pass it by instead of waiting for it each time.
      skipUntil = performance.now() + lockTimeoutMilliseconds * 4;
      if (way.whenLocked === "wait") return store(items, { ...way, whenLocked: "skip" });
      // Conversations and wait lists are passed by: this is another row, of an author or a lane, say.
      if (items.length === 1) return settle(items, allLocked(items), longAsideMilliseconds);
    } else if (way.repeats === "unlikely" && violatedConstraint(error) === "entries_client") {
      return store(items, { ...way, repeats: "expected" });
    } else if (isUnavailable(error)) {
      return rejectAll(items, new Refusal("unavailable", { retryAfter: 2 }));
    } else if (items.length === 1) {
      logFault(error);
      return rejectAll(items, error);
    }
    // One bad row must not fail its neighbours: halve until it stands alone. Order within a conversation is kept.
    const middle = Math.ceil(items.length / 2);
    await store(items.slice(0, middle), way);
    const { behind = [], free = [] } = Object.groupBy(items.slice(middle), (item) =>
      queue.isAside(item.entry.conversationId) ? "behind" : "free",
    );
    if (behind.length > 0) settle(behind, allLocked(behind));
    if (free.length > 0) await store(free, way);
  }

  function settle(items: Item[], outcome: Outcome, asideFor = asideMilliseconds): void {
    const aside = new Map<string, Item[]>();
    const now = performance.now();
    for (const item of items) {
      const fate = outcome.fates.get(item);
      switch (fate?.kind) {
        case "appended":
          item.resolve(fate.appended);
          break;
        case "refused":
          item.reject(fate.refusal);
          break;
        case "locked":
          if (item.deadline < now) item.reject(new Refusal("conversation_busy"));
          else aside.set(item.entry.conversationId, [...(aside.get(item.entry.conversationId) ?? []), item]);
          break;
        case undefined:
          item.reject(new Error("An item of a batch has no fate."));
      }
    }
    for (const held of aside.values()) {
      skipUntil = now + lockTimeoutMilliseconds * 4;
      queue.setAside(held, now + asideFor);
    }
    if (outcome.changes.length > 0) publish(outcome.changes);
  }

  return {
    append,
    rehearse,
    async close() {
      closing = true;
      await running;
      clearInterval(watching);
      rejectAll(queue.drain(), new Refusal("unavailable"));
      await line.close();
    },
  };
}

/** Those whose senders still wait; the others are refused. */
function timely(items: Item[], now: number): Item[] {
  const late = items.filter(({ deadline }) => deadline + graceMilliseconds < now);
  if (late.length === 0) return items;
  rejectAll(late, new Refusal("unavailable", { retryAfter: 2 }));
  return items.filter(({ deadline }) => deadline + graceMilliseconds >= now);
}

/** Short, because what arrives meanwhile in other conversations should not wait. */
function pauseUntil(turn: number, now: number): number {
  return Math.min(Math.max(1, turn - now), asideMilliseconds);
}

function allLocked(items: Item[]): Outcome {
  return { fates: new Map(items.map((item) => [item, { kind: "locked" }])), changes: [] };
}

function rejectAll(items: Item[], error: unknown): void {
  for (const item of items) item.reject(error);
}
