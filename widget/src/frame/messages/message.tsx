import type { Chat } from "../chat/chat.ts";
import type { TimelineLine } from "../chat/timeline.ts";
import { useWording } from "../chat/wording.ts";
import { FileSlot } from "./file-slot.tsx";
import { splitAtLinks } from "./links.ts";

type MessageLine = Extract<TimelineLine, { kind: "message" }>;

/** Up to three emoji and nothing else, which are shown large. */
const onlyEmoji =
  /^\s*(?:\p{Extended_Pictographic}(?:\uFE0F|\p{Emoji_Modifier}|\u200D\p{Extended_Pictographic})*\s*){1,3}$/u;

/** One message, with what became of it. */
export function Message({ line, chat }: { line: MessageLine; chat: Chat }) {
  const { texts, formatTime } = useWording();
  const { own, first, last, state } = line;
  const troubled = state.kind !== "sent" && state.kind !== "received";
  const classes = ["message", own && "own", first && "first", last && "last"].filter(Boolean).join(" ");
  return (
    <li class={classes}>
      <span class={own || !first ? "author unseen" : "author"}>
        <bdi>{own ? texts.you : line.name?.trim() || texts.agent}</bdi>
      </span>
      {line.file && <FileSlot line={line} file={line.file} chat={chat} />}
      {line.text !== "" && (
        <p class={onlyEmoji.test(line.text) ? "bubble large" : "bubble"} dir="auto">
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
      )}
      <span class={last || troubled ? "about" : "about unseen"}>
        <time dateTime={new Date(line.at).toISOString()}>{formatTime(line.at)}</time>
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
    case "uploading":
    case "sending":
      return <span>{texts.sending}</span>;
    case "failed":
      return (
        <span class="failed">
          <span>
            {texts.failed} {line.state.failure.message || texts.fileLost}
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
