import type { CurrentConversation } from "@grata/contract/conversations";
import { Center, Loader } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Composer } from "../composer/composer.tsx";
import { FailureAlert } from "../layout/failure-alert.tsx";
import { MessageList } from "../messages/message-list.tsx";
import { useLog } from "../messages/use-log.ts";
import { useReading } from "../messages/use-reading.ts";
import styles from "./chat.module.css";
import { ChatHeader } from "./chat-header.tsx";
import { useCustomerName } from "./use-customer-name.ts";

/** One chat: with whom, what was said, and where to answer. */
export function Chat({ conversation }: { conversation: CurrentConversation }) {
  const { t } = useTranslation();
  const name = useCustomerName(conversation.customer);
  const { log, snapshot } = useLog(conversation.id);
  useReading(conversation.id, snapshot.entries.at(-1)?.seq ?? 0);
  return (
    <section className={styles.chat} aria-label={name}>
      <ChatHeader conversation={conversation} />
      {content()}
      <Composer conversationId={conversation.id} customerName={name} />
    </section>
  );

  function content() {
    switch (snapshot.state.kind) {
      case "loading":
        return (
          <Center>
            <Loader aria-label={t("loading")} />
          </Center>
        );
      case "refused":
        return <FailureAlert sentence={snapshot.state.failure.message} onRetry={log.resync} />;
      case "ready":
        return <MessageList conversationId={conversation.id} customerName={name} />;
    }
  }
}
