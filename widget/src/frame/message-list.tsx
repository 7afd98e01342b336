import { useRef } from "preact/hooks";
import type { Chat, ChatView } from "./chat.ts";
import { layOut } from "./timeline.ts";
import { Line } from "./timeline-line.tsx";
import { useBottom } from "./use-bottom.ts";
import { useWording } from "./wording.ts";

/** The greeting and everything that was written since. */
export function MessageList({ view, chat }: { view: ChatView; chat: Chat }) {
  const { texts } = useWording();
  const lines = layOut(view);
  const list = useRef<HTMLDivElement>(null);
  const older = view.episodes[0]?.log.older ?? "none";
  const onScroll = useBottom(list, lines[0]?.key, view.outgoing.at(-1)?.clientId);
  const earlier = {
    more: texts.earlier,
    loading: texts.earlierLoading,
    failed: texts.earlierFailed,
  };

  return (
    <div
      class="messages"
      ref={list}
      onScroll={onScroll}
      role="log"
      aria-live="polite"
      aria-label={texts.messages}
      aria-busy={!view.loaded}
    >
      {older === "none" ? (
        <p class="greeting">{texts.greeting}</p>
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
    </div>
  );
}
