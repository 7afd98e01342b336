import type { WaitingConversation } from "@grata/contract/conversations";
import { Loader, Text, UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCustomerName } from "../chats/use-customer-name.ts";
import { useElapsed } from "../time/use-elapsed.ts";
import styles from "./waiting-line.module.css";

interface WaitingLineProps {
  conversation: WaitingConversation;
  claiming: boolean;
  onClaim: () => void;
}

/** One who waits: name, channel, how long, and the first and the last thing they wrote. */
export function WaitingLine({ conversation, claiming, onClaim }: WaitingLineProps) {
  const { t } = useTranslation();
  const name = useCustomerName(conversation.customer);
  const waiting = useElapsed(conversation.waitingSince);
  const { first, last } = conversation;
  return (
    <UnstyledButton className={styles.line} onClick={onClaim} disabled={claiming}>
      <span className={styles.head}>
        <bdi className={styles.name}>{name}</bdi>
        {claiming ? (
          <Loader size="xs" aria-label={t("loading")} />
        ) : (
          <span>{t("waitList.waiting", { duration: waiting })}</span>
        )}
      </span>
      <Text span size="xs" c="dimmed" truncate>
        {conversation.channel.name}
      </Text>
      <bdi className={styles.excerpt}>{first.text}</bdi>
      {last.at !== first.at && <bdi className={styles.excerpt}>{last.text}</bdi>}
    </UnstyledButton>
  );
}
