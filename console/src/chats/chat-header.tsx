import type { CurrentConversation } from "@grata/contract/conversations";
import { ActionIcon, Button, Text, Title } from "@mantine/core";
import { IconArrowLeft, IconCheck } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ConfirmDialog } from "../layout/confirm-dialog.tsx";
import { useLive } from "../live/live-provider.tsx";
import { useLanguage } from "../texts/use-language.ts";
import { formatMoment } from "../time/formats.ts";
import styles from "./chat-header.module.css";
import { useClosing } from "./use-closing.ts";
import { useCustomerName } from "./use-customer-name.ts";

/** With whom the agent speaks, through which channel, and the end of the chat. */
export function ChatHeader({ conversation }: { conversation: CurrentConversation }) {
  const { t } = useTranslation();
  const { now } = useLive();
  const language = useLanguage();
  const name = useCustomerName(conversation.customer);
  const { closing, asks, ask, confirm, cancel } = useClosing(conversation.id, name);
  const { channel, claimedAt } = conversation;
  return (
    <header className={styles.header}>
      <ActionIcon
        className={styles.back}
        component={Link}
        to="/console"
        variant="subtle"
        size={36}
        aria-label={t("chats.back")}
      >
        <IconArrowLeft size={20} aria-hidden />
      </ActionIcon>
      <div className={styles.whom}>
        <Title order={2} size="h4" lineClamp={1}>
          <bdi>{name}</bdi>
        </Title>
        <Text size="sm" c="dimmed" truncate>
          {claimedAt === null
            ? channel.name
            : t("chats.since", { channel: channel.name, time: formatMoment(claimedAt, now(), language) })}
        </Text>
      </div>
      <Button
        className={styles.close}
        variant="default"
        leftSection={<IconCheck size={16} aria-hidden />}
        loading={closing}
        onClick={ask}
      >
        {t("chats.close")}
      </Button>
      <ConfirmDialog
        opened={asks}
        title={t("chats.closeTyped.title")}
        action={t("chats.close")}
        pending={closing}
        onConfirm={confirm}
        onCancel={cancel}
      >
        <Text>{t("chats.closeTyped.loss")}</Text>
      </ConfirmDialog>
    </header>
  );
}
