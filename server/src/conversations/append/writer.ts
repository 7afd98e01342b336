import type pg from "pg";
import type { ReachOf } from "../../channels/port.ts";
import { Refusal } from "../../refusal.ts";
import { databaseErrorCode, isUnavailable, violatedConstraint } from "../../storage/database-errors.ts";
import type { OwnConnection } from "../../storage/storage.ts";
import type { Publish } from "../changes.ts";
import { type Outcome, storeBatch, type Way } from "./batch.ts";
import type { Appended, Item, NewEntry } from "./item.ts";
import { AppendQueue } from "./queue.ts";

/** Rows in one commit: enough that the commit no longer matters, few enough that nobody waits for a neighbour. */
const batchLimit = 256;
/** Past this a sender is told to come back: waiting longer helps nobody. */
const queueLimit = 20_000;
const patienceMilliseconds = 5_000;
const asideMilliseconds = 20;
/** The same where finding out costs a whole lock timeout. */
const longAsideMilliseconds = 500;
/** How long a batch waits for a conversation that somebody else has locked. */
const lockTimeoutMilliseconds = 50;
const lockNotAvailable = "55P03";
/** A batch takes milliseconds. One without an answer for this long is given up, and the next goes by another connection. */
const answerWithinMilliseconds = 5_000;

export type AppendWriter = {
  /**
   * Appends an entry and resolves once it is committed: never before. Throws the access module's refusals,
   * `conversation_unknown`, `conversation_busy`, `too_many_requests` when too much of the same conversation or
   * organisation waits already, and `unavailable` while the database is away; after that last one it may have been
   * stored all the same, and the same client id may safely be sent again.
   */
  append(entry: NewEntry): Promise<Appended>;
  /** Stores what has been accepted, then stops. */
  close(): Promise<void>;
};

type Dependencies = {
  connect(overrides: pg.ClientConfig): Promise<OwnConnection>;
  reachOf: ReachOf;
  publish: Publish;
  logFault(error: unknown): void;
};

/**
 * One writer for each node: it gathers what arrives while the last commit is under way and stores it in one short
 * transaction (decision 2 of docs/architecture.md).
 */
export function createAppendWriter({ connect, reachOf, publish, logFault }: Dependencies): AppendWriter {
  const queue = new AppendQueue();
  let connection: OwnConnection | null = null;
  let running: Promise<void> | null = null;
  let closing = false;
  let skipUntil = 0;

  function append(entry: NewEntry): Promise<Appended> {
    if (closing || queue.size >= queueLimit) return Promise.reject(new Refusal("unavailable"));
    return new Promise((resolve, reject) => {
      const item = { entry, deadline: performance.now() + patienceMilliseconds, resolve, reject };
      if (!queue.add(item)) return reject(new Refusal("too_many_requests"));
      running ??= run();
    });
  }

  async function run(): Promise<void> {
    // Let everything that arrived in this turn of the event loop join the first batch.
    await new Promise(setImmediate);
    while (queue.size > 0) {
      const now = performance.now();
      const items = queue.take(batchLimit, now);
      if (items.length > 0) {
        await store(items, { whenLocked: now < skipUntil ? "skip" : "wait", repeats: "unlikely" }).catch(
          (error) => {
            logFault(error);
            rejectAll(items, error);
          },
        );
      } else await new Promise((resolve) => setTimeout(resolve, pauseUntil(queue.nextTurn() ?? now, now)));
    }
    running = null;
  }

  async function store(items: Item[], way: Way): Promise<void> {
    let outcome: Outcome;
    try {
      connection ??= await connect({
        lock_timeout: lockTimeoutMilliseconds,
        query_timeout: answerWithinMilliseconds,
      });
      outcome = await storeBatch(connection, reachOf, items, way);
    } catch (error) {
      await recover();
      return afterFailure(items, error, way);
    }
    settle(items, outcome);
  }

  async function recover(): Promise<void> {
    try {
      await connection?.client.query("ROLLBACK");
    } catch {
      // The connection is gone: the next batch opens another.
      connection?.client.end().catch(() => undefined);
      connection = null;
    }
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
    async close() {
      closing = true;
      await running;
      rejectAll(queue.drain(), new Refusal("unavailable"));
      await connection?.client.end().catch(() => undefined);
    },
  };
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
