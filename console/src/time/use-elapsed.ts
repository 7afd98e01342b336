import { useSyncExternalStore } from "react";
import { useLive } from "../live/live-provider.tsx";
import { useLanguage } from "../texts/use-language.ts";
import { formatDuration } from "./formats.ts";
import { everySecond } from "./ticking.ts";

/** How long ago `since` was by the server's clock, in words; renders again only when the words change. */
export function useElapsed(since: number): string {
  const { now } = useLive();
  const language = useLanguage();
  return useSyncExternalStore(everySecond, () => formatDuration(now() - since, language));
}
