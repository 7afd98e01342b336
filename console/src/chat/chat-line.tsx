import type { CurrentConversation } from "@grata/contract/conversations";
import { VisuallyHidden } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { CustomerFace } from "../customers/customer-face.tsx";
import { useCustomerName } from "../customers/use-customer-name.ts";
import { useLive } from "../live/live-provider.tsx";
import { WaitingTime } from "../live/time/waiting-time.tsx";
import { useTyping } from "../live/use-typing.ts";
import { messageWords } from "../ui/names/message-words.ts";
import { Count } from "../ui/parts/count.tsx";
import { plainLine } from "../ui/safe-text/plain-line.ts";
import { formatMark } from "../ui/time/formats.ts";
import { useLocale } from "../ui/time/use-locale.ts";
import styles from "./chat-line.module.css";

/** One current chat: with whom, where, the last words, what is unread, and how long the customer has been waiting. */
export const ChatLine = memo(function ChatLine({ conversation }: { conversation: CurrentConversation }) {
  const { t } = useTranslation();
  const { now } = useLive();
  const locale = useLocale();
  const name = useCustomerName(conversation.customer);
  const { id, customer, channel, last, unread, unansweredSince, test } = conversation;
  const typing = useTyping(id);
  return (
    <Link
      className={styles.line}
      to="/console/chats/$conversationId"
      params={{ conversationId: id }}
      data-unread={unread > 0}
    >
      <CustomerFace customer={customer} since={unansweredSince} />
      <span className={styles.words}>
        <span className={styles.head}>
          <bdi className={styles.name}>{name}</bdi>
          <bdi className={styles.channel} data-test={test}>
            {test ? t("chats.test") : plainLine(channel.name)}
          </bdi>
          {unansweredSince === null ? (
            <span className={styles.when}>{formatMark(last.at, now(), locale)}</span>
          ) : (
            <WaitingTime
              since={unansweredSince}
              sentence={(duration) => t("chats.unanswered", { duration })}
            />
          )}
        </span>
        <span className={styles.head}>
          <bdi className={styles.excerpt} data-typing={typing}>
            {excerpt()}
          </bdi>
          {unread > 0 && (
            <>
              <Count number={unread} />
              <VisuallyHidden>{t("chats.unread", { count: unread })}</VisuallyHidden>
            </>
          )}
        </span>
      </span>
    </Link>
  );

  function excerpt(): string {
    if (typing) {
      return t("chats.typing");
    }
    const text = messageWords(t, last);
    return last.author === "customer" ? text : t("chats.excerptOurs", { text });
  }
});
