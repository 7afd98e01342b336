import type { CurrentConversation } from "@grata/contract/conversations";
import { Loader, Text, Title, UnstyledButton } from "@mantine/core";
import { useParams } from "@tanstack/react-router";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Virtualizer } from "virtua";
import { useLive } from "../live/live-provider.tsx";
import { FailureAlert } from "../ui/parts/failure-alert.tsx";
import { walkLines } from "../ui/parts/walk-lines.ts";
import { useObservable } from "../ui/store/use-observable.ts";
import { ChatLine } from "./chat-line.tsx";
import styles from "./chat-list.module.css";

/** The agent's current chats: all of them, or only those whose customers wait for a reply. */
export function ChatList() {
  const { t } = useTranslation();
  const live = useLive();
  const { items, state } = useObservable(live.current);
  const { conversationId } = useParams({ strict: false });
  const [onlyWaiting, setOnlyWaiting] = useState(false);
  const toAnswer = items.filter(({ unansweredSince }) => unansweredSince !== null).length;
  // The chat on screen stays in the list when it is answered: what one works on does not jump away.
  const shown = items.filter(
    ({ id, unansweredSince }) => !onlyWaiting || unansweredSince !== null || id === conversationId,
  );
  return (
    <nav className={styles.list} aria-labelledby="current-chats">
      <div className={styles.head}>
        <Title order={2} size="h5" id="current-chats" className={styles.title}>
          {t("chats.title")}
          {items.length > 0 && <span className={styles.count}>{items.length}</span>}
        </Title>
        {(toAnswer > 0 || onlyWaiting) && (
          <UnstyledButton
            className={styles.filter}
            aria-pressed={onlyWaiting}
            onClick={() => setOnlyWaiting(!onlyWaiting)}
          >
            {t("chats.toAnswer", { count: toAnswer })}
          </UnstyledButton>
        )}
      </div>
      {content()}
    </nav>
  );

  function content() {
    switch (state.kind) {
      case "loading":
        return <Loader className={styles.loader} aria-label={t("loading")} />;
      case "refused":
        return <FailureAlert sentence={state.failure.message} onRetry={live.current.resync} />;
      case "ready":
        return items.length === 0 ? (
          <div className={styles.empty}>
            <Text fw={600}>{t("chats.empty")}</Text>
            {/* On wide screens the page beside the list says it. */}
            <Text c="dimmed" hiddenFrom="sm">
              {t("chats.emptyHint")}
            </Text>
          </div>
        ) : (
          <Lines items={shown} selected={conversationId} />
        );
    }
  }
}

interface LinesProps {
  items: readonly CurrentConversation[];
  selected: string | undefined;
}

/** Only the lines in sight are there: two hundred chats cost no more than twenty. */
function Lines({ items, selected }: LinesProps) {
  const box = useRef<HTMLDivElement>(null);
  const place = items.findIndex(({ id }) => id === selected);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys only move the focus between the links inside.
    <div ref={box} className={styles.lines} onKeyDown={walkLines}>
      <Virtualizer as="ul" item="li" scrollRef={box} data={items} keepMounted={place < 0 ? [] : [place]}>
        {(conversation) => <ChatLine key={conversation.id} conversation={conversation} />}
      </Virtualizer>
    </div>
  );
}
