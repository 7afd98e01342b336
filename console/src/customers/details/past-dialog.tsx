import type { PastConversation } from "@grata/contract/customers";
import { Button, Center, Group, Loader, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { MessageList } from "../../messages/message-list.tsx";
import { useLog } from "../../messages/use-log.ts";
import { describeBrowser } from "../../ui/describe-browser.ts";
import { Dialog } from "../../ui/parts/dialog.tsx";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { formatInstant } from "../../ui/time/formats.ts";
import { useLocale } from "../../ui/time/use-locale.ts";
import { TranscriptMenu } from "../transcript-menu.tsx";
import type { ChatFacts } from "../use-chat-facts.ts";
import { useCustomerName } from "../use-customer-name.ts";
import styles from "./past-section.module.css";

interface PastDialogProps {
  chat: PastConversation;
  facts: ChatFacts;
  onClose: () => void;
}

/** Another chat of the customer, to read and not to write in. */
export function PastDialog({ chat, facts, onClose }: PastDialogProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const name = useCustomerName(facts.customer);
  const { browser, system } = describeBrowser(chat.userAgent ?? "");
  const around = [
    formatInstant(chat.openedAt, locale),
    plainLine(chat.channel.name),
    chat.servedBy === null ? null : plainLine(chat.servedBy),
    [browser, system].filter((known) => known !== null).join(" · ") || null,
  ].filter((known) => known !== null);
  return (
    <Dialog title={t("panel.past.with", { name })} size="xl" onClose={onClose}>
      <Text size="sm" c="dimmed" mt="-0.5rem">
        {around.join(" · ")}
      </Text>
      <div className={styles.log}>
        <Log conversationId={chat.id} customerName={name} />
      </div>
      <Group justify="space-between">
        <Text size="xs" c="dimmed">
          {t("panel.past.readOnly")}
        </Text>
        <Group gap="xs">
          <TranscriptMenu conversationId={chat.id} />
          <Button variant="default" onClick={onClose} data-autofocus>
            {t("panel.past.close")}
          </Button>
        </Group>
      </Group>
    </Dialog>
  );
}

function Log({ conversationId, customerName }: { conversationId: string; customerName: string }) {
  const { t } = useTranslation();
  const { log, snapshot } = useLog(conversationId);
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
      return <MessageList conversationId={conversationId} customerName={customerName} newSince={null} />;
  }
}
