/** A value that changes, in the shape that React's `useSyncExternalStore` takes. */
export type Observable<Value> = {
  /** The value now: immutable, and the same object until it changes. */
  snapshot(): Value;
  /** Calls `listener` after each change, until the returned disposer is called. */
  subscribe(listener: () => void): () => void;
};

export type Store<Value> = Observable<Value> & { set(next: Value): void };

export function createStore<Value>(initial: Value): Store<Value> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    snapshot: () => value,
    subscribe(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    set(next) {
      value = next;
      for (const listener of [...listeners]) {
        listener();
      }
    },
  };
}
