import type { Page } from "@playwright/test";

/** Milliseconds since 1970 with fractions: comparable between pages and processes of one machine. */
export const now = () => performance.timeOrigin + performance.now();

/** What runs in the page: it notes when each awaited text was painted, and when Enter was pressed. */
export const pageStopwatch = `(() => {
  const now = () => performance.timeOrigin + performance.now();
  const painted = {};
  const awaited = new Set();
  const look = () => {
    if (awaited.size === 0) return;
    const text = document.body?.textContent ?? "";
    for (const wanted of awaited) {
      if (!text.includes(wanted)) continue;
      awaited.delete(wanted);
      // After the next frame begins, the one that shows the text has been handed over.
      requestAnimationFrame(() => setTimeout(() => { painted[wanted] = now(); }, 0));
    }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
  addEventListener("keydown", (event) => { if (event.key === "Enter") globalThis.grataEnteredAt = now(); }, true);
  globalThis.grataAwait = (text) => { delete painted[text]; awaited.add(text); look(); };
  globalThis.grataPaintedAt = (text) => painted[text] ?? null;
})();`;

declare global {
  /** Of `pageStopwatch`. */
  var grataEnteredAt: number | undefined;
  var grataAwait: (text: string) => void;
  var grataPaintedAt: (text: string) => number | null;
}

/** Has the page look out for a text from now on. */
export function lookOutFor(page: Page, text: string): Promise<void> {
  return page.evaluate((wanted) => globalThis.grataAwait(wanted), text);
}

/** When the text was painted, by `now`. The page must have been told to look out for it. */
export async function paintedAt(page: Page, text: string): Promise<number> {
  const handle = await page.waitForFunction((wanted) => globalThis.grataPaintedAt(wanted), text, {
    polling: 5,
    timeout: 10_000,
  });
  return Number(await handle.jsonValue());
}
