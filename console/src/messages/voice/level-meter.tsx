import type { PushToTalk } from "@grata/client/browser/voice/push-to-talk";
import { useEffect, useRef } from "react";
import styles from "./recording-bar.module.css";

const BARS = 20;

/** Of one bar, in milliseconds. */
const STEP = 80;

/** How loud the last moments were, the newest at the right. Drawn past React: it moves twelve times a second. */
export function LevelMeter({ talk }: { talk: PushToTalk }) {
  const meter = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const levels = new Array<number>(BARS).fill(0);
    const timer = setInterval(() => {
      levels.push(talk.level());
      levels.shift();
      const bars = meter.current?.children ?? [];
      levels.forEach((level, bar) => {
        const element = bars[bar];
        if (element instanceof HTMLElement) element.style.transform = `scaleY(${0.1 + level * 0.9})`;
      });
    }, STEP);
    return () => clearInterval(timer);
  }, [talk]);
  return (
    <span ref={meter} className={styles.meter} aria-hidden>
      {Array.from({ length: BARS }, (_, bar) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars are places, and never change.
        <i key={bar} />
      ))}
    </span>
  );
}
