import { DayLine } from "./day-line.tsx";
import { EventLine } from "./event-line.tsx";
import { MessageBubble } from "./message-bubble.tsx";
import { NewLine } from "./new-line.tsx";
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
