import { useSyncExternalStore } from "react";
import { useLive } from "../live/live-provider.tsx";
import { everySecond } from "./ticking.ts";
import { judgeWait, type Wait } from "./wait.ts";

/** How urgent somebody is who waits since then by the server's clock; renders again only when that changes. */
export function useWait(since: number): Wait {
  const { now } = useLive();
  const elapsed = () => now() - since;
  const level = useSyncExternalStore(everySecond, () => judgeWait(elapsed()).level);
  const part = useSyncExternalStore(everySecond, () => judgeWait(elapsed()).part);
  return { level, part };
}
