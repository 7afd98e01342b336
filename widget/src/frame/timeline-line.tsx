import { fill } from "../texts/fill.ts";
import type { Chat } from "./chat.ts";
import { Message } from "./message.tsx";
import type { TimelineLine } from "./timeline.ts";
import { useWording } from "./wording.ts";

/** One line of the window: a message, or a note about what happened. */
export function Line({ line, chat }: { line: TimelineLine; chat: Chat }) {
  const { texts } = useWording();
  switch (line.kind) {
    case "message":
      return <Message line={line} chat={chat} />;
    case "joined":
      return <li class="notice">{fill(texts.joined, { name: line.name ?? texts.agent })}</li>;
    case "closed":
      return (
        <li class="notice">
          {texts.closed}
          {line.final && <p>{texts.closedNext}</p>}
        </li>
      );
  }
}
