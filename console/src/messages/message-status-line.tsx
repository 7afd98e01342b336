import { Button, VisuallyHidden } from "@mantine/core";
import {
  IconAlertCircle,
  IconCheck,
  IconChecks,
  IconClock,
  IconHelpCircle,
  type TablerIcon,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import styles from "./message-status-line.module.css";
import type { MessageStatus } from "./timeline.ts";

interface MessageStatusLineProps {
  status: MessageStatus;
  onRetry: () => void;
  onDiscard: () => void;
}

/** Says whether a message of the team is on its way, sent, or failed; what failed can be tried again or given up. */
export function MessageStatusLine({ status, onRetry, onDiscard }: MessageStatusLineProps) {
  const { t } = useTranslation();
  switch (status.kind) {
    case "sending":
      return <Label icon={IconClock} word={t("messages.sending")} />;
    case "sent":
      return <Label icon={IconCheck} word={t("messages.sent")} quiet />;
    case "failed":
      return (
        <span className={styles.failed}>
          <Label icon={IconAlertCircle} word={`${t("messages.failed")}: ${status.failure.message}`} />
          <Button size="compact-xs" variant="default" onClick={onRetry}>
            {t("messages.retry")}
          </Button>
          <Button size="compact-xs" variant="default" onClick={onDiscard}>
            {t("messages.discard")}
          </Button>
        </span>
      );
    case "stored":
      return <Stored delivery={status.delivery} />;
    default:
      return status satisfies never;
  }
}

function Stored({ delivery }: { delivery: Extract<MessageStatus, { kind: "stored" }>["delivery"] }) {
  const { t } = useTranslation();
  switch (delivery) {
    case "none":
      return <Label icon={IconCheck} word={t("messages.sent")} quiet />;
    case "pending":
      return <Label icon={IconClock} word={t("messages.delivery.pending")} />;
    case "delivered":
      return <Label icon={IconChecks} word={t("messages.delivery.delivered")} quiet />;
    case "failed":
      return (
        <span className={styles.failed}>
          <Label icon={IconAlertCircle} word={t("messages.delivery.failed")} />
        </span>
      );
    case "unconfirmed":
      return <Label icon={IconHelpCircle} word={t("messages.delivery.unconfirmed")} />;
    default:
      return delivery satisfies never;
  }
}

/** What is as it should be needs no word on screen: the sign is enough there. */
function Label({ icon: Icon, word, quiet = false }: { icon: TablerIcon; word: string; quiet?: boolean }) {
  return (
    <span className={styles.label} title={word}>
      <Icon size={14} aria-hidden />
      {quiet ? <VisuallyHidden>{word}</VisuallyHidden> : word}
    </span>
  );
}
