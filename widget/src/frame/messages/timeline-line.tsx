import { fill } from "../../texts/fill.ts";
import type { Chat } from "../chat/chat.ts";
import type { TimelineLine } from "../chat/timeline.ts";
import { useWording } from "../chat/wording.ts";
import { isolate } from "../ui/isolate.ts";
import { Message } from "./message.tsx";

/** One line of the window: a message, or a note about what happened. */
export function Line({ line, chat }: { line: TimelineLine; chat: Chat }) {
  const { texts, formatDay } = useWording();
  switch (line.kind) {
    case "day":
      return (
        <li class="day">
          <time dateTime={new Date(line.at).toISOString()}>{formatDay(line.at, chat.now())}</time>
        </li>
      );
    case "message":
      return <Message line={line} chat={chat} />;
    case "erased":
    case "queued":
    case "other":
      return <li class="notice">{texts[line.kind]}</li>;
    case "joined":
      return (
        <li class="notice">{fill(texts.joined, { name: isolate(line.name?.trim() || texts.agent) })}</li>
      );
    case "closed":
      return (
        <li class="notice">
          {texts.closed}
          {line.final && <p>{texts.closedNext}</p>}
        </li>
      );
  }
}
