import { createStore, type Observable } from "@grata/client/store";
import { localTexts } from "./browser-storage.ts";

const KEY = "grata:single-keys";

const read = () => localTexts.read(KEY) !== "off";

const store = createStore(read());

/** Whether a single key may be a shortcut in this browser. Whoever speaks to their computer turns them off. */
export const singleKeys: Observable<boolean> = store;

export function setSingleKeys(wanted: boolean): void {
  localTexts.write(KEY, wanted ? "on" : "off");
  store.set(wanted);
}

// Another tab has set it.
globalThis.addEventListener?.("storage", (event) => {
  if (event.key === KEY) store.set(read());
});
