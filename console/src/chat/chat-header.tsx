import { ActionIcon, Button, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { memo, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { CustomerFace } from "../customers/customer-face.tsx";
import type { ChatFacts } from "../customers/use-chat-facts.ts";
import { useCustomerName } from "../customers/use-customer-name.ts";
import { useLive } from "../live/live-provider.tsx";
import { latePart } from "../ui/late/late-part.tsx";
import { ChannelIcon } from "../ui/names/channel-kind.tsx";
import { plainLine } from "../ui/safe-text/plain-line.ts";
import { BackIcon, DetailsIcon, DoneIcon } from "../ui/theme/icons.ts";
import { formatMoment } from "../ui/time/formats.ts";
import { useLocale } from "../ui/time/use-locale.ts";
import styles from "./chat-header.module.css";
import { handingTexts } from "./handing/handing-texts.ts";
import { useClosing } from "./use-closing.ts";

const CloseDialog = latePart(async () => (await import("./close-dialog.tsx")).CloseDialog, {
  place: "dialog",
  ahead: true,
  close: ({ onCancel }) => onCancel(),
});

const HandingButtons = latePart(async () => (await import("./handing/handing-buttons.tsx")).HandingButtons, {
  place: "button",
  texts: [handingTexts],
  ahead: true,
});

interface ChatHeaderProps {
  facts: ChatFacts;
  detailsShown: boolean;
  onDetails: () => void;
}

/** With whom the agent speaks, through which channel, and the end of the chat. */
export const ChatHeader = memo(function ChatHeader({ facts, detailsShown, onDetails }: ChatHeaderProps) {
  const { t } = useTranslation();
  const { now } = useLive();
  const locale = useLocale();
  const name = useCustomerName(facts.customer);
  const { closing, asks, ask, confirm, cancel } = useClosing(facts, name);
  const { customer, claimedAt, unansweredSince } = facts;
  const channel = facts.test ? t("chats.test") : plainLine(facts.channel.name);
  return (
    <header className={styles.header}>
      <ActionIcon
        className={styles.back}
        component={Link}
        to="/console"
        activeOptions={{ exact: true }}
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
        <Text className={styles.where} size="sm" c="dimmed" data-test={facts.test}>
          <ChannelIcon kind={facts.channel.kind} size={14} />
          <bdi>
            {claimedAt === null
              ? channel
              : t("chats.since", { channel, time: formatMoment(claimedAt, now(), locale) })}
          </bdi>
        </Text>
      </div>
      <ActionIcon
        variant={detailsShown ? "light" : "subtle"}
        size={36}
        aria-label={t("details.title")}
        aria-expanded={detailsShown}
        data-shortcut="details"
        onClick={onDetails}
      >
        <DetailsIcon size={20} aria-hidden />
      </ActionIcon>
      <Suspense>
        <HandingButtons conversationId={facts.id} name={name} />
      </Suspense>
      <Button
        className={styles.close}
        data-shortcut="close"
        variant="default"
        leftSection={<DoneIcon size={16} aria-hidden />}
        loading={closing}
        onClick={ask}
      >
        <span className={styles.word}>{t("chats.close")}</span>
      </Button>
      {asks && (
        <Suspense>
          <CloseDialog facts={facts} name={name} pending={closing} onConfirm={confirm} onCancel={cancel} />
        </Suspense>
      )}
    </header>
  );
});
