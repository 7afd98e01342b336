import type { Chat } from "./chat.ts";
import { splitAtLinks } from "./links.ts";
import type { TimelineLine } from "./timeline.ts";
import { useWording } from "./wording.ts";

type MessageLine = Extract<TimelineLine, { kind: "message" }>;

/** One message, with what became of it. */
export function Message({ line, chat }: { line: MessageLine; chat: Chat }) {
  const { texts, formatMoment } = useWording();
  return (
    <li class={line.own ? "message own" : "message"}>
      <span class={line.own ? "author unseen" : "author"}>
        {line.own ? texts.you : (line.name ?? texts.agent)}
      </span>
      <p class="bubble" dir="auto">
        {splitAtLinks(line.text).map(({ text, href }) =>
          href === undefined ? (
            text
          ) : (
            <a href={href} target="_blank" rel="noopener noreferrer nofollow">
              {text}
            </a>
          ),
        )}
      </p>
      <span class="about">
        <time dateTime={new Date(line.at).toISOString()}>{formatMoment(line.at)}</time>
        <Fate line={line} chat={chat} />
      </span>
    </li>
  );
}

function Fate({ line, chat }: { line: MessageLine; chat: Chat }) {
  const { texts } = useWording();
  switch (line.state.kind) {
    case "received":
      return null;
    case "sent":
      return <span>{texts.sent}</span>;
    case "sending":
      return <span>{texts.sending}</span>;
    case "failed":
      return (
        <span class="failed">
          <span>
            {texts.failed} {line.state.failure.message}
          </span>
          <button type="button" onClick={() => chat.retry(line.key)}>
            {texts.retry}
          </button>
          <button type="button" onClick={() => chat.discard(line.key)}>
            {texts.discard}
          </button>
        </span>
      );
  }
}
