import { DayLine } from "./day-line.tsx";
import { EventLine } from "./event-line.tsx";
import { MessageBubble } from "./message-bubble.tsx";
import { NewLine } from "./new-line.tsx";
import type { Row } from "./timeline.ts";

interface TimelineRowProps {
  row: Row;
  customerName: string;
  conversationId: string;
  onRetry: (clientId: string) => void;
  onDiscard: (clientId: string) => void;
}

/** One line of the message list, whatever it is. */
export function TimelineRow({ row, ...rest }: TimelineRowProps) {
  switch (row.kind) {
    case "day":
      return <DayLine at={row.at} />;
    case "new":
      return <NewLine />;
    case "event":
      return <EventLine row={row} />;
    case "message": {
      const { kind, key, seq, ...message } = row;
      return <MessageBubble {...message} {...rest} />;
    }
  }
}
