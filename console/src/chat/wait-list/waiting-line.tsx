import type { WaitingChat } from "@grata/client/waiting-chats";
import { Loader, UnstyledButton } from "@mantine/core";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { CustomerFace } from "../../customers/customer-face.tsx";
import { useCustomerName } from "../../customers/use-customer-name.ts";
import { WaitingTime } from "../../live/time/waiting-time.tsx";
import { ChannelIcon } from "../../ui/names/channel-kind.tsx";
import { messageWords } from "../../ui/names/message-words.ts";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import styles from "./waiting-line.module.css";

interface WaitingLineProps {
  conversation: WaitingChat;
  claiming: boolean;
  onClaim: (conversationId: string) => void;
}

/** One who waits: name, channel, how long, and the first and the last thing they wrote. */
export const WaitingLine = memo(function WaitingLine({ conversation, claiming, onClaim }: WaitingLineProps) {
  const { t } = useTranslation();
  const name = useCustomerName(conversation.customer);
  const { id, customer, channel, first, last, waitingSince, test } = conversation;
  return (
    <UnstyledButton className={styles.line} onClick={() => onClaim(id)} disabled={claiming}>
      <CustomerFace customer={customer} since={waitingSince} />
      <span className={styles.words}>
        <span className={styles.head}>
          <bdi className={styles.name}>{name}</bdi>
          <span className={styles.channel} data-test={test}>
            <ChannelIcon kind={channel.kind} size={13} />
            <bdi>{test ? t("chats.test") : plainLine(channel.name)}</bdi>
          </span>
          {claiming ? (
            <Loader size="xs" aria-label={t("loading")} />
          ) : (
            <WaitingTime since={waitingSince} sentence={(duration) => t("waitList.waiting", { duration })} />
          )}
        </span>
        <bdi className={styles.excerpt}>{messageWords(t, first)}</bdi>
        {last.at !== first.at && (
          <span className={styles.latest}>
            <span className={styles.mark}>{t("waitList.latest")}</span>{" "}
            <bdi className={styles.excerpt}>{messageWords(t, last)}</bdi>
          </span>
        )}
      </span>
    </UnstyledButton>
  );
});
