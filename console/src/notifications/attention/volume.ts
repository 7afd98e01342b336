import { createStore, type Observable } from "@grata/client/store";
import { localTexts } from "../../ui/store/browser-storage.ts";

const KEY = "grata:volume";
const DEFAULT = 0.7;

function read(): number {
  const kept = Number(localTexts.read(KEY) ?? DEFAULT);
  return kept >= 0 && kept <= 1 ? kept : DEFAULT;
}

const store = createStore(read());

/** How loud the console is in this browser, from 0 to 1. Each computer has speakers of its own. */
export const volume: Observable<number> = store;

export function setVolume(wanted: number): void {
  localTexts.write(KEY, String(wanted));
  store.set(wanted);
}

// Another tab has set it.
globalThis.addEventListener?.("storage", (event) => {
  if (event.key === KEY) store.set(read());
});
