import { useSyncExternalStore } from "react";
import { useLive } from "../live/live-provider.tsx";
import { useLanguage } from "../texts/use-language.ts";
import { formatDay } from "../time/formats.ts";
import { everySecond } from "../time/ticking.ts";
import styles from "./lines.module.css";

/** Separates one day's messages from the next one's; at midnight today becomes yesterday. */
export function DayLine({ at }: { at: number }) {
  const { now } = useLive();
  const language = useLanguage();
  const day = useSyncExternalStore(everySecond, () => formatDay(at, now(), language));
  return (
    <div className={styles.day}>
      <h3>{day}</h3>
    </div>
  );
}
