import { Anchor, Button, Center, Group, Loader, Text, Title } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { TranscriptMenu } from "../customers/transcript-menu.tsx";
import { useLive } from "../live/live-provider.tsx";
import { describeBrowser } from "../ui/describe-browser.ts";
import { FailureAlert } from "../ui/parts/failure-alert.tsx";
import { plainLine } from "../ui/safe-text/plain-line.ts";
import { useSentence } from "../ui/texts/use-sentence.ts";
import { BackIcon } from "../ui/theme/icons.ts";
import { formatInstant } from "../ui/time/formats.ts";
import { useLocale } from "../ui/time/use-locale.ts";
import styles from "./history-chat.module.css";
import { HistoryLog } from "./history-log.tsx";
import { chatQuery } from "./requests.ts";
import { useNameOf } from "./use-name-of.ts";

interface HistoryChatProps {
  conversationId: string;
  /** The message that was looked for; null: the newest are shown. */
  seq: number | null;
}

/** One chat to read, and who of the team took part in it. */
export function HistoryChat({ conversationId, seq }: HistoryChatProps) {
  const { t } = useTranslation("history");
  const { t: common } = useTranslation();
  const locale = useLocale();
  const sentenceOf = useSentence();
  const nameOf = useNameOf();
  const { userId } = useLive();
  const query = useQuery(chatQuery(conversationId));
  const users = query.data?.users;
  const writers = useMemo(() => new Map(users?.map(({ id, name }) => [id, name])), [users]);
  if (query.isPending) {
    return (
      <Center>
        <Loader aria-label={common("loading")} />
      </Center>
    );
  }
  if (query.isError) {
    return (
      <div className={styles.refused}>
        <FailureAlert sentence={sentenceOf(query.error)} onRetry={() => void query.refetch()} />
      </div>
    );
  }
  const { conversation } = query.data;
  const { browser, system } = describeBrowser(conversation.userAgent ?? "");
  const name = nameOf(conversation.customer);
  const around = [
    t(`status.${conversation.status}`),
    formatInstant(conversation.openedAt, locale),
    plainLine(conversation.channel.name),
    [browser, system].filter((known) => known !== null).join(" · ") || null,
  ].filter((known) => known !== null);
  const names = query.data.users.map((user) => plainLine(user.name)).join(", ");
  const isMine = conversation.status === "claimed" && query.data.users.some(({ id }) => id === userId);
  return (
    <div className={styles.chat}>
      <header className={styles.head}>
        <Link className={styles.back} to="/console/history" search={({ chat, seq, ...back }) => back} replace>
          <BackIcon size={16} aria-hidden />
          {t("back")}
        </Link>
        <Group justify="space-between" gap="sm">
          <Title order={2} size="h4">
            <bdi>{name}</bdi>
          </Title>
          <Group gap="xs">
            <TranscriptMenu conversationId={conversationId} />
            {isMine && (
              <Button
                variant="default"
                size="xs"
                renderRoot={(props) => (
                  <Link {...props} to="/console/chats/$conversationId" params={{ conversationId }} />
                )}
              >
                {t("openChat")}
              </Button>
            )}
          </Group>
        </Group>
        <Text size="sm" c="dimmed">
          {around.join(" · ")}
        </Text>
        <Text size="sm">{names === "" ? t("nobodyServed") : t("servedBy", { names })}</Text>
        <Anchor
          size="sm"
          renderRoot={(props) => (
            <Link
              {...props}
              to="/console/history"
              search={{ customerId: conversation.customer.id, chat: conversationId }}
            />
          )}
        >
          {t("onlyCustomer")}
        </Anchor>
      </header>
      <HistoryLog conversationId={conversationId} customerName={name} seq={seq} writers={writers} />
    </div>
  );
}
