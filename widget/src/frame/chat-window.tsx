import type { Drafts } from "@grata/client/drafts";
import type { Observable } from "@grata/client/store";
import type { Chat } from "./chat.ts";
import { Composer } from "./composer.tsx";
import { MessageList } from "./message-list.tsx";
import { StatusLine } from "./status-line.tsx";
import { useObservable } from "./use-observable.ts";
import { useWording } from "./wording.ts";

/** The whole chat window. */
export function ChatWindow({
  chat,
  channelId,
  drafts,
  opened,
  onClose,
}: {
  chat: Chat;
  channelId: string;
  drafts: Drafts;
  /** Whether the page shows the window. */
  opened: Observable<boolean>;
  /** Missing where the window is a page of its own. */
  onClose: (() => void) | undefined;
}) {
  const { texts } = useWording();
  const view = useObservable(chat);
  const open = useObservable(opened);

  return (
    <main
      class="window"
      // The shop's page has a main part of its own.
      aria-label={texts.title}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.isComposing) {
          onClose?.();
        }
      }}
    >
      <header>
        <h1>{texts.title}</h1>
        {onClose && (
          <button type="button" class="close" aria-label={texts.close} title={texts.close} onClick={onClose}>
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d="M5 5l14 14M19 5L5 19" />
            </svg>
          </button>
        )}
      </header>
      <StatusLine view={view} chat={chat} />
      <MessageList view={view} chat={chat} />
      <Composer open={open} draft={channelId} drafts={drafts} onSend={chat.send} />
    </main>
  );
}
