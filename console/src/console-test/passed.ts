import { localTexts } from "../ui/store/browser-storage.ts";

const keyOf = (userId: string) => `grata:${userId}:console-test-passed`;

/** When this user last passed the whole test in this browser, in milliseconds since 1970; null: never. */
export function readPassed(userId: string): number | null {
  const kept = Number(localTexts.read(keyOf(userId)) ?? Number.NaN);
  return Number.isFinite(kept) ? kept : null;
}

export function notePassed(userId: string, at: number): void {
  localTexts.write(keyOf(userId), String(at));
}
