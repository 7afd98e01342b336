import { Center, Loader, Text } from "@mantine/core";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { MessageList } from "../messages/message-list.tsx";
import { useLog } from "../messages/use-log.ts";
import { FailureAlert } from "../ui/parts/failure-alert.tsx";
import styles from "./history-chat.module.css";

interface HistoryLogProps {
  conversationId: string;
  customerName: string;
  seq: number | null;
  /** What the users who took part are called now, by their ids. */
  writers: ReadonlyMap<string, string>;
}

/** The log of a chat, at the message that was looked for. */
export function HistoryLog({ conversationId, customerName, seq, writers }: HistoryLogProps) {
  const { t } = useTranslation("history");
  const { t: common } = useTranslation();
  const { log, snapshot } = useLog(conversationId);
  const { entries, older, state } = snapshot;
  const first = entries[0]?.seq;
  const isFarther = seq !== null && first !== undefined && first > seq;
  useEffect(() => {
    if (isFarther && older === "more") void log.loadOlder();
  }, [isFarther, older, log]);
  switch (state.kind) {
    case "loading":
      return (
        <Center>
          <Loader aria-label={common("loading")} />
        </Center>
      );
    case "refused":
      return <FailureAlert sentence={state.failure.message} onRetry={log.resync} />;
    case "ready":
      return isFarther && older !== "failed" ? (
        <div className={styles.opening} role="status">
          <Loader aria-hidden />
          <Text c="dimmed">{t("opening")}</Text>
        </div>
      ) : (
        <MessageList
          conversationId={conversationId}
          customerName={customerName}
          newSince={null}
          looked={seq}
          writers={writers}
        />
      );
  }
}
