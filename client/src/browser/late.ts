import { createStore, type Observable } from "../store.ts";
import { after, backoff } from "../timers.ts";

/** In milliseconds. */
const pauses = { first: 2_000, longest: 60_000 };

/** Where something stands that is loaded late. While a failed one is tried again it still counts as failed. */
export type LateState<Value> =
  | { kind: "loading"; over: Promise<unknown> }
  | { kind: "ready"; value: Value }
  | { kind: "failed" };

/** Something that is loaded when it is first needed. Whoever subscribes to it is waiting for it. */
export interface Late<Value> extends Observable<LateState<Value>> {
  /** Loads it, unless it is there or on its way. Rejects when this attempt failed; the next call is another one. */
  get(): Promise<Value>;
}

/**
 * Loads `load`'s value when it is first needed. While somebody waits for it, it is tried again with growing pauses, and
 * at once when the network is back; after `isHopeless` says that no attempt will help, only when `get` is called.
 */
export function createLate<Value>(
  load: () => Promise<Value>,
  isHopeless: (error: unknown) => Promise<boolean>,
): Late<Value> {
  let running: Promise<Value> | undefined;
  let failures = 0;
  let waiting = 0;
  let stopPause = () => {};
  let loading: LateState<Value> | undefined;
  const store = createStore<LateState<Value> | undefined>(undefined);

  function get(): Promise<Value> {
    running ??= attempt();
    // Those who wait read the failure from the state.
    running.catch(() => undefined);
    return running;
  }

  async function attempt(): Promise<Value> {
    stopPause();
    try {
      const value = await load();
      store.set({ kind: "ready", value });
      return value;
    } catch (error) {
      const hopeless = await isHopeless(error);
      running = undefined;
      failures += 1;
      store.set({ kind: "failed" });
      if (waiting > 0 && !hopeless) pause();
      throw error;
    }
  }

  /** The next one who needs it sees it being loaded, not that it failed for another. */
  function forget(): void {
    failures = 0;
    loading = undefined;
    store.set(undefined);
  }

  function pause(): void {
    stopPause();
    const stopTimer = after(backoff(failures - 1, pauses), get);
    addEventListener("online", get);
    stopPause = () => {
      stopTimer();
      removeEventListener("online", get);
    };
  }

  return {
    get,
    snapshot() {
      loading ??= { kind: "loading", over: get().catch(() => undefined) };
      return store.snapshot() ?? loading;
    },
    subscribe(listener) {
      const stop = store.subscribe(listener);
      waiting += 1;
      if (waiting === 1 && store.snapshot()?.kind === "failed") void get();
      return () => {
        stop();
        waiting -= 1;
        if (waiting > 0) return;
        stopPause();
        if (store.snapshot()?.kind === "failed") forget();
      };
    },
  };
}
