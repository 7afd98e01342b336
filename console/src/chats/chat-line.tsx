import type { CurrentConversation } from "@grata/contract/conversations";
import { Badge, Text, VisuallyHidden } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { useElapsed } from "../time/use-elapsed.ts";
import styles from "./chat-line.module.css";
import { useCustomerName } from "./use-customer-name.ts";

/** One current chat: with whom, where, the last words, what is unread, and how long the customer has been waiting. */
export const ChatLine = memo(function ChatLine({ conversation }: { conversation: CurrentConversation }) {
  const { t } = useTranslation();
  const name = useCustomerName(conversation.customer);
  const { id, channel, last, unread, unansweredSince } = conversation;
  return (
    <Link className={styles.line} to="/console/chats/$conversationId" params={{ conversationId: id }}>
      <span className={styles.head}>
        <bdi className={styles.name}>{name}</bdi>
        <Text span size="xs" c="dimmed" truncate>
          {channel.name}
        </Text>
      </span>
      <span className={styles.head}>
        <bdi className={styles.excerpt}>
          {last.author === "customer" ? last.text : t("chats.excerptOurs", { text: last.text })}
        </bdi>
        {unread > 0 && (
          <>
            <Badge className={styles.unread} circle={unread < 10} aria-hidden>
              {unread}
            </Badge>
            <VisuallyHidden>{t("chats.unread", { count: unread })}</VisuallyHidden>
          </>
        )}
      </span>
      {unansweredSince !== null && <Unanswered since={unansweredSince} />}
    </Link>
  );
});

function Unanswered({ since }: { since: number }) {
  const { t } = useTranslation();
  const duration = useElapsed(since);
  return <span className={styles.unanswered}>{t("chats.unanswered", { duration })}</span>;
}
