import { useSyncExternalStore } from "react";
import { useLanguage } from "../../ui/texts/use-language.ts";
import { formatDuration } from "../../ui/time/formats.ts";
import { everySecond } from "../../ui/time/ticking.ts";
import { useLive } from "../live-provider.tsx";

/** How long ago `since` was by the server's clock, in words; renders again only when the words change. */
export function useElapsed(since: number): string {
  const { now } = useLive();
  const language = useLanguage();
  return useSyncExternalStore(everySecond, () => formatDuration(now() - since, language));
}
