import type { CurrentConversation } from "@grata/contract/conversations";
import { Center, Loader } from "@mantine/core";
import { Suspense, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useDetailsShown } from "../customers/details/use-details-shown.ts";
import { useChatFacts } from "../customers/use-chat-facts.ts";
import { useCustomerName } from "../customers/use-customer-name.ts";
import { MessageList } from "../messages/message-list.tsx";
import { NewMessageReader } from "../messages/new-message-reader.tsx";
import { TypingLine } from "../messages/typing-line.tsx";
import { useLog } from "../messages/use-log.ts";
import { useNewSince } from "../messages/use-new-since.ts";
import { useReading } from "../messages/use-reading.ts";
import { latePart } from "../ui/late/late-part.tsx";
import { FailureAlert } from "../ui/parts/failure-alert.tsx";
import { ByMailLine } from "./by-mail-line.tsx";
import styles from "./chat.module.css";
import { ChatHeader } from "./chat-header.tsx";
import { Composer } from "./composer/composer.tsx";

const DetailsPanel = latePart(
  async () => (await import("../customers/details/details-panel.tsx")).DetailsPanel,
  {
    place: ({ covers }) => (covers ? "dialog" : "section"),
    ahead: true,
    close: ({ onClose }) => onClose(),
  },
);

/** One chat: with whom, what was said, where to answer, and what else is known. */
export function Chat({ conversation }: { conversation: CurrentConversation }) {
  const { t } = useTranslation();
  const name = useCustomerName(conversation.customer);
  const { log, snapshot } = useLog(conversation.id);
  const details = useDetailsShown();
  const facts = useChatFacts(conversation);
  const capabilities = useSame(conversation.channel.capabilities);
  const last = snapshot.entries.at(-1)?.seq ?? 0;
  const newSince = useNewSince(conversation, last);
  useReading(conversation.id, last);
  return (
    <div className={styles.columns}>
      <section className={styles.chat} aria-label={name}>
        <ChatHeader facts={facts} detailsShown={details.shown} onDetails={details.toggle} />
        {content()}
        <TypingLine conversationId={conversation.id} customerName={name} />
        <ByMailLine facts={facts} />
        <Composer conversationId={conversation.id} customerName={name} capabilities={capabilities} />
        <NewMessageReader entries={snapshot.entries} customerName={name} />
      </section>
      {details.shown && (
        <Suspense fallback={<aside className={styles.details} aria-label={t("details.title")} />}>
          <DetailsPanel
            key={facts.customer.id}
            facts={facts}
            covers={details.covers}
            onClose={details.toggle}
          />
        </Suspense>
      )}
    </div>
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
        return <MessageList conversationId={conversation.id} customerName={name} newSince={newSince} />;
    }
  }
}

/** The object of before while it says the same: each message brings another one, and nobody is to be drawn anew for it. */
function useSame<Value>(value: Value): Value {
  const written = JSON.stringify(value);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is written decides, not the object.
  return useMemo(() => value, [written]);
}
