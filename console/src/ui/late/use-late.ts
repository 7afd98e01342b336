import type { Late, LateState } from "@grata/client/browser/late";
import { use, useSyncExternalStore } from "react";

/** Returns the late part, or that it failed. Suspends during the first attempt. */
export function useLate<Value>(part: Late<Value>): Exclude<LateState<Value>, { kind: "loading" }> {
  const state = useSyncExternalStore(part.subscribe, part.snapshot);
  if (state.kind !== "loading") return state;
  use(state.over);
  const settled = part.snapshot();
  return settled.kind === "loading" ? { kind: "failed" } : settled;
}
