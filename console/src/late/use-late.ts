import type { Late, LateState } from "@grata/client/browser/late";
import { use, useSyncExternalStore } from "react";

/** What is loaded late, or that it failed. Suspends while the first attempt is under way. */
export function useLate<Value>(part: Late<Value>): Exclude<LateState<Value>, { kind: "loading" }> {
  const state = useSyncExternalStore(part.subscribe, part.snapshot);
  if (state.kind !== "loading") return state;
  use(state.over);
  const settled = part.snapshot();
  return settled.kind === "loading" ? { kind: "failed" } : settled;
}
