import { useSyncExternalStore } from "react";
import { useLive } from "../live/live-provider.tsx";
import { formatDay } from "../ui/time/formats.ts";
import { everySecond } from "../ui/time/ticking.ts";
import { useLocale } from "../ui/time/use-locale.ts";
import styles from "./lines.module.css";

/** Separates one day's messages from the next one's; at midnight today becomes yesterday. */
export function DayLine({ at }: { at: number }) {
  const { now } = useLive();
  const locale = useLocale();
  const day = useSyncExternalStore(everySecond, () => formatDay(at, now(), locale));
  return (
    <div className={styles.day}>
      <h3>{day}</h3>
    </div>
  );
}
