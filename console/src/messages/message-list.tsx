import type { OutgoingItem } from "@grata/client/outgoing";
import type { TeamEntry } from "@grata/contract/entries";
import { Button } from "@mantine/core";
import { memo, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Virtualizer } from "virtua";
import { useLive } from "../live/live-provider.tsx";
import { entriesAfter } from "../live/logs.ts";
import { useObservable } from "../ui/store/use-observable.ts";
import { ToEndIcon } from "../ui/theme/icons.ts";
import { dayNumber } from "../ui/time/formats.ts";
import { useTimeZone } from "../ui/time/time-zone.ts";
import { Earlier, earlierHeight } from "./earlier.tsx";
import styles from "./message-list.module.css";
import { buildTimeline, type Row } from "./timeline.ts";
import { TimelineRow } from "./timeline-row.tsx";
import { useLog } from "./use-log.ts";
import { type Place, usePlace } from "./use-place.ts";

interface MessageListProps {
  conversationId: string;
  customerName: string;
  /** After which number the messages are new to the reader. */
  newSince: number | null;
  /** The message that the reader is led to, by its number. */
  looked?: number | null;
  /** What users are called now, by their ids: shown beside the name that the customer saw. */
  writers?: ReadonlyMap<string, string>;
}

/** The messages of a chat, newest below. Whoever reads above keeps their place and is told of what is new. */
export const MessageList = memo(function MessageList({
  conversationId,
  customerName,
  newSince,
  looked = null,
  writers,
}: MessageListProps) {
  const { t } = useTranslation();
  const { userId, outgoing } = useLive();
  const { log, snapshot } = useLog(conversationId);
  const { entries, older } = snapshot;
  const unsent = useOutgoing(conversationId);
  const timeZone = useTimeZone();
  const rows = useMemo(() => {
    const dayOf = (at: number) => dayNumber(at, timeZone);
    return buildTimeline({ entries, outgoing: unsent, me: userId, dayOf, newSince });
  }, [entries, unsent, userId, newSince, timeZone]);
  const last = entries.at(-1)?.seq ?? 0;
  // The last message that was there when the reader scrolled up; null while they are at the end.
  const [leftAt, setLeftAt] = useState<number | null>(null);
  const missed = leftAt === null ? 0 : entriesAfter(entries, leftAt).filter(isNews).length;
  const place = usePlace(onPlace);
  const { read, stay, toEnd, show } = place;

  // Lines that were put before the others must not push them away.
  const first = entries[0]?.seq ?? 0;
  const firstBefore = useRef(first);
  const prepended = first < firstBefore.current;

  const newestOwn = unsent.at(-1)?.clientId;
  const followed = useRef(newestOwn);
  const rowsBefore = useRef<typeof rows>(null);
  const shown = useRef<number | null>(null);
  useLayoutEffect(() => {
    // To measure where we are costs a layout of the page: only when lines have changed.
    if (rowsBefore.current === rows) {
      return;
    }
    rowsBefore.current = rows;
    firstBefore.current = first;
    const sent = newestOwn !== undefined && newestOwn !== followed.current;
    followed.current = newestOwn;
    const target = shown.current === looked ? -1 : placeOf(rows, looked);
    if (target >= 0) {
      shown.current = looked;
      show(target);
    } else if (sent) {
      toEnd(rows.length);
    } else {
      stay(rows.length);
    }
    read();
  });

  function onPlace({ atEnd, nearBeginning }: Place): void {
    setLeftAt((before) => (atEnd ? null : (before ?? last)));
    if (nearBeginning && older === "more") {
      void log.loadOlder();
    }
  }

  return (
    <div className={styles.frame}>
      <div
        ref={place.box}
        className={styles.box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by the keyboard.
        tabIndex={0}
        role="log"
        // What is new is spoken elsewhere: here lines come and go with the scrolling.
        aria-live="off"
        aria-label={t("messages.title")}
        aria-busy={older === "loading"}
      >
        <div className={styles.space} />
        <Earlier older={older} onRetry={() => void log.loadOlder()} />
        <Virtualizer
          ref={place.list}
          scrollRef={place.box}
          data={rows}
          shift={prepended}
          startMargin={earlierHeight}
          onScroll={read}
          onResize={() => stay(rows.length)}
        >
          {(row, index) => (
            <div key={row.key} className={index === rows.length - 1 ? styles.last : undefined}>
              <TimelineRow
                row={row}
                customerName={customerName}
                conversationId={conversationId}
                looked={looked}
                writers={writers}
                onRetry={outgoing.retry}
                onDiscard={outgoing.discard}
              />
            </div>
          )}
        </Virtualizer>
      </div>
      {leftAt !== null && (
        <Button
          className={styles.toEnd}
          size="compact-md"
          radius="xl"
          leftSection={<ToEndIcon size={16} aria-hidden />}
          onClick={() => toEnd(rows.length)}
        >
          {missed > 0 ? t("messages.newMessages", { count: missed }) : t("messages.toNewest")}
        </Button>
      )}
    </div>
  );
});

function placeOf(rows: readonly Row[], seq: number | null): number {
  return seq === null ? -1 : rows.findIndex((row) => row.kind === "message" && row.seq === seq);
}

/** Only what the customer wrote is news; our own messages take us to the end anyway. */
function isNews({ occurrence, author }: TeamEntry): boolean {
  return occurrence.kind === "message" && author.kind === "customer";
}

/** What was sent into a conversation and is not in its log yet, in the order in which it was typed. */
function useOutgoing(conversationId: string): readonly OutgoingItem[] {
  const items = useObservable(useLive().outgoing);
  return useMemo(() => items.filter((item) => item.lane === conversationId), [items, conversationId]);
}
