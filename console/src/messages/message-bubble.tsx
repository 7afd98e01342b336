import { Text } from "@mantine/core";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { useLanguage } from "../texts/use-language.ts";
import { formatInstant, formatTime } from "../time/formats.ts";
import styles from "./message-bubble.module.css";
import { MessageStatusLine } from "./message-status-line.tsx";
import { MessageText } from "./message-text.tsx";
import type { MessageRow } from "./timeline.ts";

type MessageBubbleProps = Omit<MessageRow, "kind" | "key" | "seq"> & {
  /** What the customer of this chat is called now. */
  customerName: string;
  onRetry: (clientId: string) => void;
  onDiscard: (clientId: string) => void;
};

/** One message: whose, what, when, and where it stands. The customer's stand left, the team's right. */
export const MessageBubble = memo(function MessageBubble(props: MessageBubbleProps) {
  const { author, mine, text, at, begins, status, clientId } = props;
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <div
      className={styles.row}
      data-line
      data-side={author === "customer" ? "theirs" : "ours"}
      data-begins={begins}
    >
      {begins && (
        <Text className={styles.name} component="bdi" size="sm">
          {nameOf()}
        </Text>
      )}
      <div className={styles.bubble}>
        <MessageText text={text} />
      </div>
      <div className={styles.foot}>
        {at !== null && (
          <time dateTime={new Date(at).toISOString()} title={formatInstant(at, language)}>
            {formatTime(at, language)}
          </time>
        )}
        {author !== "customer" && (
          <MessageStatusLine
            status={status}
            onRetry={() => clientId !== null && props.onRetry(clientId)}
            onDiscard={() => clientId !== null && props.onDiscard(clientId)}
          />
        )}
      </div>
    </div>
  );

  function nameOf(): string {
    if (mine) {
      return t("messages.you");
    }
    switch (author) {
      case "customer":
        return props.name ?? props.customerName;
      case "user":
        return props.name ?? t("messages.somebody");
      case "bot":
        return props.name ?? t("messages.bot");
      case "system":
        return t("messages.system");
    }
  }
});
