import { useEffect, useRef } from "preact/hooks";
import { fill } from "../../texts/fill.ts";
import { seenAs } from "../chat/agent-of.ts";
import type { Chat, ChatView } from "../chat/chat.ts";
import { layOut } from "../chat/timeline.ts";
import { useWording } from "../chat/wording.ts";
import { isolate } from "../ui/isolate.ts";
import { Line } from "./timeline-line.tsx";
import { useBottom } from "./use-bottom.ts";

/** How near to the top earlier messages are loaded, in pixels. */
const NEAR_TOP = 80;

/** The greeting and everything that was written since. */
export function MessageList({ view, chat }: { view: ChatView; chat: Chat }) {
  const { texts, language } = useWording();
  const lines = layOut(view, chat.now(), language);
  const list = useRef<HTMLDivElement>(null);
  const { older } = view;
  const onScroll = useBottom(list, lines[0]?.key, view.outgoing.at(-1)?.clientId);
  const earlier = {
    more: texts.earlier,
    loading: texts.earlierLoading,
    failed: texts.earlierFailed,
  };

  useEffect(() => {
    const element = list.current;
    // What came before a chat of a few lines is shown above it without being asked for.
    if (element && view.loaded && older === "more" && element.scrollHeight <= element.clientHeight) {
      chat.loadOlder();
    }
  });

  return (
    <div
      class="messages"
      ref={list}
      onScroll={(event) => {
        onScroll();
        if (older === "more" && event.currentTarget.scrollTop < NEAR_TOP) {
          chat.loadOlder();
        }
      }}
      role="log"
      aria-live="polite"
      aria-label={texts.messages}
      aria-busy={!view.loaded}
    >
      {older === "none" ? (
        <p class="greeting" dir="auto">
          {view.loaded && !view.standing.staffed && view.current === undefined
            ? texts.offline
            : texts.greeting}
        </p>
      ) : (
        <button type="button" class="earlier" disabled={older === "loading"} onClick={chat.loadOlder}>
          {earlier[older]}
        </button>
      )}
      <ol>
        {lines.map((line) => (
          <Line key={line.key} line={line} chat={chat} />
        ))}
      </ol>
      {view.typing && (
        <p class="typing">
          <span class="unseen">
            {fill(texts.typing, { name: isolate(writerOf(view, language) || texts.agent) })}
          </span>
          <i />
          <i />
          <i />
        </p>
      )}
    </div>
  );
}

function writerOf({ episodes }: ChatView, language: string): string | undefined {
  const entries = episodes.at(-1)?.log.entries ?? [];
  const last = entries.findLast(({ author }) => author.kind === "user" && author.name !== null);
  return last && seenAs(last.author, language).name?.trim();
}
