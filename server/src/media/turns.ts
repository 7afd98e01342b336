/** Decoded pixels fill memory: more at once would not be faster on the threads that there are. */
const atOnce = 2;

let running = 0;
const waiting: (() => void)[] = [];

/** Runs `work` when it is its turn: at most two of all that come by here run at once on this node. */
export async function takeTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  else running++;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running--;
  }
}
