import type { Chat, ChatView } from "../chat/chat.ts";
import { useWording } from "../chat/wording.ts";
import { outdated, reload } from "../ui/use-late.ts";
import { useObservable } from "../ui/use-observable.ts";

/** Says what is wrong with the connection, and what helps. The element stays, so that screen readers hear changes. */
export function StatusLine({ view, chat }: { view: ChatView; chat: Chat }) {
  return (
    <div class={`status ${view.connection}`} role="status">
      <Status view={view} chat={chat} />
    </div>
  );
}

function Status({ view, chat }: { view: ChatView; chat: Chat }) {
  const { texts } = useWording();
  const reason = view.failure?.message;
  const connection = useObservable(outdated) ? "reload_required" : view.connection;
  switch (connection) {
    case "open":
      return reason === undefined ? null : <span>{reason}</span>;
    case "connecting":
      return <span>{texts.connecting}</span>;
    case "lost":
      return (
        <>
          <span>{reason ?? texts.lost}</span>
          <button type="button" onClick={chat.reconnect}>
            {texts.tryNow}
          </button>
        </>
      );
    case "reload_required":
      return (
        <>
          <span>{reason ?? texts.reloadRequired}</span>
          <button type="button" onClick={reload}>
            {texts.reload}
          </button>
        </>
      );
    case "refused":
      return (
        <>
          <span>{reason ?? texts.refused}</span>
          <button type="button" onClick={chat.reconnect}>
            {texts.tryNow}
          </button>
        </>
      );
    case "ended":
      return <span>{texts.ended}</span>;
  }
}
