import { useEffect, useRef } from "react";
import { returnFocus } from "../parts/focus-return.ts";
import { useObservable } from "../store/use-observable.ts";
import styles from "./notice-area.module.css";
import { NoticeLine } from "./notice-line.tsx";
import { dismissNotice, holdNotices, notices } from "./notices.ts";

/** A second click so soon after one that dismissed a notice was meant for that one, not for what moved to its place. */
const DOUBLE_CLICK = 500;

/** Where short notices appear. The region is always there, so that screen readers hear what enters it. */
export function NoticeArea() {
  const shown = useObservable(notices);
  const area = useRef<HTMLDivElement>(null);
  const dismissed = useRef(Number.NEGATIVE_INFINITY);

  function lookWhoIsThere(): void {
    const { current } = area;
    holdNotices(current !== null && (current.matches(":hover") || current.contains(document.activeElement)));
  }

  const ids = shown.map(({ id }) => id).join();
  // A notice that goes takes the mouse or the keyboard off the area without a word.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it looks again whenever notices come or go.
  useEffect(lookWhoIsThere, [ids]);

  return (
    <div
      ref={area}
      className={styles.area}
      role="status"
      onMouseEnter={() => holdNotices(true)}
      onMouseLeave={lookWhoIsThere}
      onFocus={() => holdNotices(true)}
      onBlur={() => setTimeout(lookWhoIsThere)}
      onClickCapture={(event) => {
        if (event.detail > 0 && performance.now() - dismissed.current < DOUBLE_CLICK) event.stopPropagation();
      }}
    >
      {shown.map((notice) => (
        <NoticeLine
          key={notice.id}
          notice={notice}
          newest={notice === shown.findLast(({ undo }) => undo !== undefined)}
          onDismiss={() => {
            dismissed.current = performance.now();
            dismissNotice(notice.id);
            setTimeout(returnFocus);
          }}
        />
      ))}
    </div>
  );
}
