import { Loader, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { FailureAlert } from "../layout/failure-alert.tsx";
import { useLive } from "../live/live-provider.tsx";
import { useObservable } from "../live/use-observable.ts";
import { ChatLine } from "./chat-line.tsx";
import styles from "./chat-list.module.css";

/** The agent's current chats. */
export function ChatList() {
  const { t } = useTranslation();
  const live = useLive();
  const { items, state } = useObservable(live.current);
  return (
    <nav className={styles.list} aria-labelledby="current-chats">
      <Title order={2} size="h5" id="current-chats" className={styles.title}>
        {t("chats.title")}
        {items.length > 0 && <span className={styles.count}>{items.length}</span>}
      </Title>
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
            <Text c="dimmed">{t("chats.empty")}</Text>
            {/* On wide screens the page beside the list says it. */}
            <Text c="dimmed" size="sm" hiddenFrom="sm">
              {t("chats.emptyHint")}
            </Text>
          </div>
        ) : (
          <ul className={styles.lines}>
            {items.map((conversation) => (
              <li key={conversation.id}>
                <ChatLine conversation={conversation} />
              </li>
            ))}
          </ul>
        );
    }
  }
}
