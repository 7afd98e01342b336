/** A network that says nothing for so many milliseconds says nothing at all. */
const PATIENCE = 20_000;

/** A file of a late part did not come. `gone`: the server answered, and has no such file (any more). */
export class FileNotLoaded extends Error {
  readonly gone: boolean;

  constructor(gone: boolean) {
    super(gone ? "gone" : "unreachable");
    this.gone = gone;
  }
}

const taken = new Map<string, Promise<void>>();

/**
 * Takes the place of Vite's helper for `import()`: fetches every file of a part first, and only then imports it, out of
 * the browser's cache. Many browsers remember a failed `import()` until the page is reloaded, and none says whether the
 * network or the file was missing. Vite's helper also takes a style sheet that failed once for one that is there.
 */
export async function __vitePreload<Part>(load: () => Promise<Part>, files: readonly string[] = []) {
  await Promise.all(files.map(takeOnce));
  return load();
}

function takeOnce(file: string): Promise<void> {
  const address = `/${file}`;
  const known = taken.get(address) ?? take(address);
  taken.set(address, known);
  known.catch(() => taken.delete(address));
  return known;
}

async function take(address: string): Promise<void> {
  // The page came with some of them.
  if (document.querySelector(`[src="${address}"], [href="${address}"]`)) return;
  const isStyle = address.endsWith(".css");
  const response = await fetch(address, { signal: AbortSignal.timeout(PATIENCE) }).catch(unreachable);
  const ours = response.headers.get("content-type")?.includes(isStyle ? "css" : "javascript");
  if (!response.ok || !ours) throw new FileNotLoaded(response.ok || response.status === 404);
  // Read to its end it is in the cache.
  await response.blob().catch(unreachable);
  if (isStyle) await apply(address);
}

function apply(address: string): Promise<void> {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = address;
  return new Promise((resolve, reject) => {
    link.onload = () => resolve();
    link.onerror = () => {
      link.remove();
      reject(new FileNotLoaded(false));
    };
    document.head.append(link);
  });
}

function unreachable(): never {
  throw new FileNotLoaded(false);
}
