import type { Observable } from "@grata/client/store";
import { useRef } from "preact/hooks";
import { isAnybodyThere } from "../chat/agent-of.ts";
import type { ChatView } from "../chat/chat.ts";
import { useWording } from "../chat/wording.ts";
import { Composer } from "../composer/composer.tsx";
import { MessageList } from "../messages/message-list.tsx";
import { useFocusTrap } from "../ui/use-focus-trap.ts";
import { useObservable } from "../ui/use-observable.ts";
import { Header } from "./header.tsx";
import type { Shown } from "./main.tsx";
import { OfflineForm } from "./offline-form.tsx";
import type { Session, Sessions } from "./session.ts";
import { StatusLine } from "./status-line.tsx";

type Props = {
  shown: Observable<Shown>;
  /** Missing where the window is a page of its own. */
  onClose: (() => void) | undefined;
};

/** The whole chat window, of whoever is at it now. */
export function ChatWindow({ sessions, ...props }: Props & { sessions: Sessions }) {
  const session = useObservable(sessions);
  return <SessionWindow key={session} session={session} {...props} />;
}

function SessionWindow({ session, shown, onClose }: Props & { session: Session }) {
  const { chat, drafts, scope } = session;
  const { texts } = useWording();
  const view = useObservable(chat);
  const { open, full } = useObservable(shown);
  const window = useRef<HTMLElement>(null);
  useFocusTrap(window, open && full && onClose !== undefined);
  // While a chat goes on and a colleague is there, its customer is not left alone: they go back to the queue.
  const away = view.loaded && !view.standing.staffed && !isAnybodyThere(view);

  return (
    <main
      class="window"
      ref={window}
      // The shop's page has a main part of its own.
      aria-label={texts.title}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.isComposing && !event.defaultPrevented) {
          onClose?.();
        }
      }}
    >
      <Header view={view} onClose={onClose} />
      <StatusLine view={view} chat={chat} />
      <MessageList view={view} chat={chat} />
      {away && view.current === undefined && !isUnderWay(view) && !view.standing.reachable ? (
        <OfflineForm chat={chat} draft={scope} drafts={drafts} />
      ) : (
        <Composer
          open={open}
          draft={scope}
          drafts={drafts}
          chat={chat}
          note={away && view.episodes.length > 0 ? texts.offline : null}
        />
      )}
    </main>
  );
}

const isUnderWay = ({ outgoing }: ChatView) => outgoing.some(({ state }) => state.kind !== "failed");
