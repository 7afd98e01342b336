/**
 * What the tabs of one browser agree on by locks: the browser frees the locks of a tab that is closed or crashes. Where
 * there are none (plain http), each tab is alone.
 */
const locks = (globalThis.navigator as Partial<Navigator> | undefined)?.locks;

/** Holds a lock from when it is free until the returned function is called, and tells when it is held. */
export function holdLock(name: string, held: () => void = () => undefined): () => void {
  if (locks === undefined) {
    held();
    return () => undefined;
  }
  const { promise, resolve } = Promise.withResolvers<void>();
  const waiting = new AbortController();
  locks
    .request(name, { signal: waiting.signal }, () => {
      held();
      return promise;
    })
    // Called off while another tab still held it.
    .catch(() => undefined);
  return () => {
    waiting.abort();
    resolve();
  };
}

/** Whether any tab holds a lock whose name begins like this. */
export async function isAnyHeld(prefix: string): Promise<boolean> {
  const { held = [] } = (await locks?.query()) ?? {};
  return held.some(({ name }) => name?.startsWith(prefix));
}
