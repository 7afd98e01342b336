import { createStore, type Observable } from "@grata/client/store";
import { tabTexts } from "../ui/store/browser-storage.ts";

/** `fresh`: somebody has just asked for it, and is led there. A reload leaves the keyboard where it is. */
export type Dock = "away" | "fresh" | "open" | "folded";

const key = "grata:console-test";
const kept = tabTexts.read(key);
const store = createStore<Dock>(kept === "open" || kept === "folded" ? kept : "away");

/** Whether the test of the console stands beside what one works on: kept through a reload of this tab. */
export const dock: Observable<Dock> = store;

export function setDock(next: Dock): void {
  tabTexts.write(key, next === "fresh" ? "open" : next);
  store.set(next);
}

/** What one user left open in this tab is nothing to the next one who signs in. */
export function adoptDock(userId: string): void {
  const owner = `${key}-of`;
  const former = tabTexts.read(owner);
  if (former !== null && former !== userId) setDock("away");
  tabTexts.write(owner, userId);
}

/** Shows the test, unfolded. */
export function openTest(): void {
  setDock("fresh");
}
