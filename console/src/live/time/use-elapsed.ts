import { useSyncExternalStore } from "react";
import { useLanguage } from "../../ui/texts/use-language.ts";
import { formatDuration } from "../../ui/time/formats.ts";
import { everySecond } from "../../ui/time/ticking.ts";
import { judgeWait, type Wait } from "../../ui/time/wait.ts";
import { useLive } from "../live-provider.tsx";

/** How long ago `since` was by the server's clock, in words; renders again only when the words change. */
export function useElapsed(since: number): string {
  const { now } = useLive();
  const language = useLanguage();
  return useSyncExternalStore(everySecond, () => formatDuration(now() - since, language));
}

/** How urgent somebody is who waits since then by the server's clock; renders again only when that changes. */
export function useWait(since: number): Wait {
  const { now } = useLive();
  const elapsed = () => now() - since;
  const level = useSyncExternalStore(everySecond, () => judgeWait(elapsed()).level);
  const part = useSyncExternalStore(everySecond, () => judgeWait(elapsed()).part);
  return { level, part };
}
