import type { TeamEntry } from "@grata/contract/entries";
import { Button } from "@mantine/core";
import { IconArrowDown } from "@tabler/icons-react";
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../live/live-provider.tsx";
import { useOutgoing } from "../live/use-outgoing.ts";
import { startOfDay } from "../time/formats.ts";
import { Earlier } from "./earlier.tsx";
import styles from "./message-list.module.css";
import { createPlaceKeeper } from "./place-keeper.ts";
import { buildTimeline } from "./timeline.ts";
import { TimelineRow } from "./timeline-row.tsx";
import { useLog } from "./use-log.ts";

interface MessageListProps {
  conversationId: string;
  customerName: string;
}

/** The messages of a chat, newest below. Whoever reads above keeps their place and is told of what is new. */
export function MessageList({ conversationId, customerName }: MessageListProps) {
  const { t } = useTranslation();
  const { userId, outgoing } = useLive();
  const { log, snapshot } = useLog(conversationId);
  const { entries, older } = snapshot;
  const unsent = useOutgoing(conversationId);
  const rows = useMemo(
    () => buildTimeline({ entries, outgoing: unsent, me: userId, startOfDay }),
    [entries, unsent, userId],
  );
  const [keeper] = useState(createPlaceKeeper);
  const last = entries.at(-1)?.seq ?? 0;
  // The last message that was there when the reader scrolled up; null while they are at the end.
  const [leftAt, setLeftAt] = useState<number | null>(null);
  const missed = leftAt === null ? 0 : entries.filter((entry) => isNews(entry, leftAt)).length;
  const newestOwn = unsent.at(-1)?.clientId;
  const followed = useRef(newestOwn);

  const onScroll = useCallback(() => {
    const { atEnd, nearBeginning } = keeper.place();
    setLeftAt((before) => (atEnd ? null : (before ?? last)));
    if (nearBeginning && older === "more") {
      void log.loadOlder();
    }
  }, [keeper, last, older, log]);

  useLayoutEffect(() => {
    const sent = newestOwn !== undefined && newestOwn !== followed.current;
    followed.current = newestOwn;
    if (sent) {
      keeper.toEnd();
    } else {
      keeper.settle();
    }
    onScroll();
  });

  return (
    <div className={styles.frame}>
      <div
        ref={keeper.attach}
        className={styles.box}
        onScroll={onScroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by the keyboard.
        tabIndex={0}
        role="log"
        aria-label={t("messages.title")}
        aria-busy={older === "loading"}
      >
        <Earlier older={older} onRetry={() => void log.loadOlder()} />
        {rows.map((row) => (
          <TimelineRow
            key={row.key}
            row={row}
            customerName={customerName}
            onRetry={outgoing.retry}
            onDiscard={outgoing.discard}
          />
        ))}
      </div>
      {leftAt !== null && (
        <Button
          className={styles.toEnd}
          size="compact-md"
          radius="xl"
          leftSection={<IconArrowDown size={16} aria-hidden />}
          onClick={keeper.toEnd}
        >
          {missed > 0 ? t("messages.newMessages", { count: missed }) : t("messages.toNewest")}
        </Button>
      )}
    </div>
  );
}

/** Only what somebody else wrote is news; our own messages take us to the end anyway. */
function isNews({ seq, occurrence, author }: TeamEntry, since: number): boolean {
  return seq > since && occurrence.kind === "message" && author.kind === "customer";
}
