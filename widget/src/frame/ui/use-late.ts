import type { FileNotLoaded } from "@grata/client/browser/late-files";
import { createStore } from "@grata/client/store";
import { after, backoff } from "@grata/client/timers";
import { useEffect, useState } from "preact/hooks";

const pauses = { first: 2_000, longest: 60_000 };

/** True once this window turned out to be of a former release whose files the server no longer has. */
export const outdated = createStore(false);

/**
 * A part that is loaded once it is `wanted`, or "failed", and what tries it again. It is tried again by itself with
 * growing pauses, and at once when the network is back.
 */
export function useLate<Part>(
  load: () => Promise<Part>,
  wanted: boolean,
): [part: Part | "failed" | undefined, retry: () => void] {
  const [part, setPart] = useState<Part | "failed">();
  const [attempt, setAttempt] = useState(0);
  const retry = () => setAttempt((before) => before + 1);
  const missing = wanted && (part === undefined || part === "failed");
  useEffect(() => {
    if (!missing) return;
    let over = false;
    let stopTimer = () => {};
    addEventListener("online", retry);
    load().then(
      (loaded) => setPart(() => loaded),
      async ({ gone }: FileNotLoaded) => {
        setPart("failed");
        if (gone && (await isReplaced())) outdated.set(true);
        else if (!over) stopTimer = after(backoff(attempt, pauses), retry);
      },
    );
    return () => {
      over = true;
      stopTimer();
      removeEventListener("online", retry);
    };
  }, [missing, attempt]);
  return [part, retry];
}

/** Reloads this window, if the server answers. */
export async function reload(): Promise<void> {
  if ((await readPage()) !== "") location.reload();
}

async function isReplaced(): Promise<boolean> {
  const page = await readPage();
  return page !== "" && !page.includes(new URL(import.meta.url).pathname);
}

/** The page of this window as the server sends it now. */
function readPage(): Promise<string> {
  return fetch(location.href, { cache: "no-store" }).then(
    (response) => (response.ok ? response.text() : ""),
    () => "",
  );
}
