import { useLive } from "../live/live-provider.tsx";
import { useLanguage } from "../texts/use-language.ts";
import { formatDay } from "../time/formats.ts";
import styles from "./lines.module.css";

/** Separates one day's messages from the next one's. */
export function DayLine({ at }: { at: number }) {
  const { now } = useLive();
  return <h3 className={styles.day}>{formatDay(at, now(), useLanguage())}</h3>;
}
