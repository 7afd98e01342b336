/** The only queue of what was typed: nothing leaves it before the server has it or its writer gives it up. */
import type { Failure } from "@grata/contract/errors";
import type { Attachment } from "@grata/contract/files";
import { createClientId } from "./client-id.ts";
import type { Line } from "./connection.ts";
import { RequestFailed, retryDelay } from "./failures.ts";
import { createItemStorage, type OutgoingFile, type OutgoingItem } from "./outgoing-items.ts";
import type { StoragePort } from "./storage.ts";
import { createStore, type Observable } from "./store.ts";
import { after } from "./timers.ts";

export type { OutgoingFile, OutgoingItem };

export type Outgoing = Observable<readonly OutgoingItem[]> & {
  /** Queues a text behind the others of its lane. It is in the storage when this returns. */
  add(lane: string, text: string, file?: OutgoingFile): OutgoingItem;
  /** The file of an item is with the server: now the item is sent. */
  uploaded(clientId: string, attachment: Attachment): void;
  /** The file of an item cannot be uploaded. */
  fail(clientId: string, failure: Failure): void;
  /** Sends a failed item again, with the same client id; its file first, if it has one. */
  retry(clientId: string): void;
  /** Gives up an item that failed, or whose file is still being uploaded. */
  discard(clientId: string): void;
  /** Takes note that these are in the log: such items leave the queue. To be called with each change of a log. */
  settle(entries: readonly { clientId: string | null }[]): void;
  /** Sends what waits. To be called whenever the connection opens. */
  resume(): void;
  dispose(): void;
};

/** What a lane is busy with: one item under way, or the pause after an error. */
type Turn = { kind: "sending" } | { kind: "paused"; cancel: () => void };

/**
 * A queue that sends one message at a time in each lane, in the order in which they were typed. Items left by an
 * earlier page with the same storage and prefix are taken over; the prefix names whose they are.
 */
export function createOutgoing(options: {
  line: Pick<Line, "state">;
  storage: StoragePort;
  prefix: string;
  /** Sends one item; resolves when the server has stored it, rejects as `Line.request` does. */
  send: (item: OutgoingItem) => Promise<unknown>;
  /** The time by the server's clock, and not before what was said last in a lane. */
  now?: (lane: string) => number;
}): Outgoing {
  const { line, send, now } = options;
  const stored = createItemStorage(options.storage, options.prefix);
  const adopted = stored.load();
  const store = createStore<readonly OutgoingItem[]>(adopted);
  const inherited = new Set(adopted.map((item) => item.clientId));
  const turns = new Map<string, Turn>();
  const attempts = new Map<string, number>();
  let newest = adopted.at(-1)?.createdAt ?? 0;
  let disposed = false;

  function find(clientId: string): OutgoingItem | undefined {
    return store.snapshot().find((item) => item.clientId === clientId);
  }

  function forget(clientId: string): void {
    stored.remove(clientId);
    attempts.delete(clientId);
    store.set(store.snapshot().filter((item) => item.clientId !== clientId));
  }

  function mark(clientId: string, state: OutgoingItem["state"], file = find(clientId)?.file): void {
    const item = find(clientId);
    if (!item) {
      return;
    }
    const marked: OutgoingItem = { ...item, state, ...(file && { file }) };
    if (state.kind === "sent") {
      stored.remove(clientId);
      attempts.delete(clientId);
    } else {
      stored.save(marked);
    }
    store.set(store.snapshot().map((other) => (other.clientId === clientId ? marked : other)));
  }

  /** Another tab, which found the same item in the storage, has sent or discarded it meanwhile. */
  function isGone(item: OutgoingItem): boolean {
    return inherited.has(item.clientId) && !stored.has(item.clientId);
  }

  function nextOf(lane: string): OutgoingItem | undefined {
    for (const item of store.snapshot()) {
      if (item.lane === lane && item.state.kind === "sending") {
        if (!isGone(item)) {
          return item;
        }
        forget(item.clientId);
      }
    }
    return undefined;
  }

  function pump(lane: string): void {
    if (disposed || line.state !== "open" || turns.has(lane)) {
      return;
    }
    const item = nextOf(lane);
    if (item) {
      turns.set(lane, { kind: "sending" });
      void deliver(item);
    }
  }

  async function deliver(item: OutgoingItem): Promise<void> {
    let pause: number | undefined;
    try {
      await send(item);
      mark(item.clientId, { kind: "sent" });
    } catch (error) {
      pause = handle(item, error);
    }
    turns.delete(item.lane);
    if (pause === undefined) {
      pump(item.lane);
    } else if (!disposed) {
      turns.set(item.lane, { kind: "paused", cancel: after(pause, () => endPause(item.lane)) });
    }
  }

  function endPause(lane: string): void {
    const turn = turns.get(lane);
    if (turn?.kind === "paused") {
      turn.cancel();
      turns.delete(lane);
    }
    pump(lane);
  }

  /** How long the lane pauses after an error; undefined if it goes on with the next item. */
  function handle(item: OutgoingItem, error: unknown): number | undefined {
    const attempt = attempts.get(item.clientId) ?? 0;
    const pause = retryDelay(error, attempt);
    if (pause === undefined && error instanceof RequestFailed) {
      attempts.delete(item.clientId);
      mark(item.clientId, { kind: "failed", failure: error.failure });
      return undefined;
    }
    attempts.set(item.clientId, attempt + 1);
    return pause;
  }

  return {
    snapshot: store.snapshot,
    subscribe: store.subscribe,
    add(lane, text, file) {
      newest = Math.max(Date.now(), newest + 1);
      const item: OutgoingItem = {
        clientId: createClientId(),
        lane,
        text,
        ...(file && { file }),
        createdAt: newest,
        ...(now && { writtenAt: now(lane) }),
        state: { kind: file ? "uploading" : "sending" },
      };
      stored.save(item);
      store.set([...store.snapshot(), item]);
      pump(lane);
      return item;
    },
    uploaded(clientId, attachment) {
      const item = find(clientId);
      if (item?.file && item.state.kind === "uploading") {
        mark(clientId, { kind: "sending" }, { ...item.file, uploaded: attachment });
        pump(item.lane);
      }
    },
    fail(clientId, failure) {
      mark(clientId, { kind: "failed", failure });
    },
    retry(clientId) {
      const item = find(clientId);
      if (item?.state.kind !== "failed") {
        return;
      }
      if (isGone(item)) {
        forget(clientId);
      } else {
        // What was uploaded may have been removed since; if it was not, this costs one question.
        mark(clientId, { kind: item.file ? "uploading" : "sending" });
        pump(item.lane);
      }
    },
    discard(clientId) {
      const state = find(clientId)?.state.kind;
      if (state === "failed" || state === "uploading") {
        forget(clientId);
      }
    },
    settle(entries) {
      const waiting = store.snapshot();
      if (waiting.length > 0) {
        const present = new Set(entries.map((entry) => entry.clientId));
        for (const { clientId } of waiting.filter((item) => present.has(item.clientId))) {
          forget(clientId);
        }
      }
    },
    resume() {
      attempts.clear();
      for (const lane of new Set(store.snapshot().map((item) => item.lane))) {
        endPause(lane);
      }
    },
    dispose() {
      disposed = true;
      for (const turn of turns.values()) {
        if (turn.kind === "paused") {
          turn.cancel();
        }
      }
    },
  };
}
