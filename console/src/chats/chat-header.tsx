import type { CurrentConversation } from "@grata/contract/conversations";
import { ActionIcon, Button, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { CustomerFace } from "../customers/customer-face.tsx";
import { useCustomerName } from "../customers/use-customer-name.ts";
import { useLive } from "../live/live-provider.tsx";
import { plainLine } from "../safe-text/plain-line.ts";
import { BackIcon, DetailsIcon, DoneIcon, WebChatIcon } from "../theme/icons.ts";
import { formatMoment } from "../time/formats.ts";
import { useLocale } from "../time/use-locale.ts";
import styles from "./chat-header.module.css";
import { useClosing } from "./use-closing.ts";

const ConfirmDialog = lazy(async () => ({
  default: (await import("../layout/confirm-dialog.tsx")).ConfirmDialog,
}));

interface ChatHeaderProps {
  conversation: CurrentConversation;
  details: { shown: boolean; toggle: () => void };
}

/** With whom the agent speaks, through which channel, and the end of the chat. */
export function ChatHeader({ conversation, details }: ChatHeaderProps) {
  const { t } = useTranslation();
  const { now } = useLive();
  const locale = useLocale();
  const name = useCustomerName(conversation.customer);
  const { closing, asks, ask, confirm, cancel } = useClosing(conversation.id, name);
  const { customer, claimedAt, unansweredSince } = conversation;
  const channel = plainLine(conversation.channel.name);
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
        <BackIcon size={20} aria-hidden />
      </ActionIcon>
      <CustomerFace customer={customer} since={unansweredSince} />
      <div className={styles.whom}>
        <Title order={2} size="h4" lineClamp={1}>
          <bdi>{name}</bdi>
        </Title>
        <Text className={styles.where} size="sm" c="dimmed">
          <WebChatIcon size={14} aria-hidden />
          <bdi>
            {claimedAt === null
              ? channel
              : t("chats.since", { channel, time: formatMoment(claimedAt, now(), locale) })}
          </bdi>
        </Text>
      </div>
      <ActionIcon
        variant={details.shown ? "light" : "subtle"}
        size={36}
        aria-label={t("details.title")}
        aria-expanded={details.shown}
        onClick={details.toggle}
      >
        <DetailsIcon size={20} aria-hidden />
      </ActionIcon>
      <Button
        className={styles.close}
        variant="default"
        leftSection={<DoneIcon size={16} aria-hidden />}
        loading={closing}
        onClick={ask}
      >
        <span className={styles.word}>{t("chats.close")}</span>
      </Button>
      {asks && (
        <Suspense>
          <ConfirmDialog
            title={t("chats.closeTyped.title")}
            action={t("chats.close")}
            pending={closing}
            onConfirm={confirm}
            onCancel={cancel}
          >
            <Text>{t("chats.closeTyped.loss")}</Text>
          </ConfirmDialog>
        </Suspense>
      )}
    </header>
  );
}
