import { useTranslation } from "react-i18next";
import { DayLine } from "./day-line.tsx";
import { EventLine } from "./event-line.tsx";
import styles from "./lines.module.css";
import { MessageBubble } from "./message-bubble.tsx";
import type { Row } from "./timeline.ts";

interface TimelineRowProps {
  row: Row;
  customerName: string;
  conversationId: string;
  looked: number | null;
  writers: ReadonlyMap<string, string> | undefined;
  onRetry: (clientId: string) => void;
  onDiscard: (clientId: string) => void;
}

/** One line of the message list, whatever it is. */
export function TimelineRow({ row, looked, writers, ...rest }: TimelineRowProps) {
  switch (row.kind) {
    case "day":
      return <DayLine at={row.at} />;
    case "new":
      return <NewLine />;
    case "event":
      return <EventLine row={row} />;
    case "message": {
      const { kind, key, seq, userId, ...message } = row;
      const writer = (userId !== null && writers?.get(userId)) || null;
      return <MessageBubble {...message} {...rest} writer={writer} looked={seq !== null && seq === looked} />;
    }
  }
}

/** Stands above the first message that the agent had not seen when they came. */
function NewLine() {
  const { t } = useTranslation();
  return (
    <div className={styles.new}>
      <span>{t("messages.newLine")}</span>
    </div>
  );
}
