import type { PastConversation } from "@grata/contract/customers";
import { Anchor, Button, Text, UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../../live/live-provider.tsx";
import { latePart } from "../../ui/late/late-part.tsx";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { formatMoment } from "../../ui/time/formats.ts";
import { useLocale } from "../../ui/time/use-locale.ts";
import type { ChatFacts } from "../use-chat-facts.ts";
import styles from "./past-section.module.css";
import { Section } from "./section.tsx";
import { useWayBack } from "./use-way-back.ts";

const PastDialog = latePart(async () => (await import("./past-dialog.tsx")).PastDialog, {
  place: "dialog",
  ahead: true,
  close: ({ onClose }) => onClose(),
});

/** What is asked of the query that fetches a customer's chats. */
interface PastQuery {
  isPending: boolean;
  isError: boolean;
  error: unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  refetch: () => Promise<unknown>;
  fetchNextPage: () => Promise<unknown>;
}

interface PastSectionProps {
  query: PastQuery;
  /** Without the one that stands beside the panel. */
  chats: readonly PastConversation[];
  facts: ChatFacts;
}

/** The customer's other chats, each a click away. */
export function PastSection({ query, chats, facts }: PastSectionProps) {
  const { t } = useTranslation();
  const { now } = useLive();
  const locale = useLocale();
  const sentenceOf = useSentence();
  const [opened, setOpened] = useState<PastConversation | null>(null);
  const { leave, goBack } = useWayBack();
  return (
    <Section title={t("panel.past.title")}>
      {query.isError && (
        <FailureAlert sentence={sentenceOf(query.error)} onRetry={() => void query.refetch()} />
      )}
      {!query.isPending && !query.isError && chats.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("panel.past.none")}
        </Text>
      )}
      {chats.length > 0 && (
        <ul className={styles.chats}>
          {chats.map((chat) => (
            <li key={chat.id}>
              <UnstyledButton
                className={styles.chat}
                onClick={() => {
                  leave();
                  setOpened(chat);
                }}
              >
                <span className={styles.text}>
                  <bdi>{chat.erased ? t("messages.cleared") : plainLine(chat.firstText)}</bdi>
                </span>
                <span className={styles.when}>
                  {formatMoment(chat.openedAt, now(), locale)}
                  {" · "}
                  {chat.status === "waiting"
                    ? t("panel.past.waiting")
                    : chat.servedBy !== null && <bdi>{plainLine(chat.servedBy)}</bdi>}
                </span>
              </UnstyledButton>
            </li>
          ))}
        </ul>
      )}
      {query.hasNextPage && (
        <Button
          size="compact-sm"
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {t("panel.past.more")}
        </Button>
      )}
      <Anchor
        size="sm"
        renderRoot={(props) => (
          <Link {...props} to="/console/history" search={{ customerId: facts.customer.id }} />
        )}
      >
        {t("panel.past.search")}
      </Anchor>
      {opened !== null && (
        <Suspense>
          <PastDialog
            chat={opened}
            facts={facts}
            onClose={() => {
              setOpened(null);
              goBack();
            }}
          />
        </Suspense>
      )}
    </Section>
  );
}
