import { FileNotLoaded } from "@grata/client/browser/late-files";
import { createStore } from "@grata/client/store";

/** In milliseconds. */
const PATIENCE = 20_000;
const RELOADED_JUST_NOW = 60_000;

const store = createStore(false);

/** True once this page turned out to be of a former release whose files the server no longer has. */
export const outdated = { snapshot: store.snapshot, subscribe: store.subscribe };

let asking: Promise<boolean> | undefined;

/**
 * Tells whether a part failed because the server runs another release: only a reload helps then, and is offered. A file
 * that is missing from the very release that the server has may come back, so the part is tried again.
 */
export async function isFormerRelease(error: unknown): Promise<boolean> {
  if (!(error instanceof FileNotLoaded && error.gone)) return false;
  // While nodes of two releases answer in turn a reload can end on either. It is not offered in a row.
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (navigation?.type === "reload" && performance.now() < RELOADED_JUST_NOW) return false;
  asking ??= hasOtherRelease().finally(() => {
    asking = undefined;
  });
  if (await asking) store.set(true);
  return outdated.snapshot();
}

/** Reloads the page if the server answers; else it stays as it is, and this resolves to false. */
export async function reloadIfReachable(): Promise<boolean> {
  if ((await readPage()) === null) return false;
  location.reload();
  return true;
}

async function hasOtherRelease(): Promise<boolean> {
  const page = await readPage();
  return page !== null && !page.includes(new URL(import.meta.url).pathname);
}

/** The page as the server sends it now; null when nothing, or something else, answers. */
async function readPage(): Promise<string | null> {
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const response = await fetch("/console", { cache: "no-store", signal });
    const page = await response.text();
    return response.ok && page.includes('"/assets/console/') ? page : null;
  } catch {
    return null;
  }
}
