import { Button, VisuallyHidden } from "@mantine/core";
import { useTranslation } from "react-i18next";
import {
  DeliveredIcon,
  type Icon,
  SentIcon,
  UnknownIcon,
  WaitingIcon,
  WarningIcon,
} from "../ui/theme/icons.ts";
import styles from "./message-status.module.css";
import type { MessageStatus } from "./timeline.ts";

type Sign = [icon: Icon, word: string, quiet: boolean];

/** Where a message of the team stands. What is as it should be needs no word on screen: the sign is enough there. */
export function MessageStatusSign({ status }: { status: MessageStatus }) {
  const { t } = useTranslation();
  const [StatusIcon, word, quiet] = signOf();
  return (
    <span className={styles.sign} title={word}>
      <StatusIcon size={14} aria-hidden />
      {quiet ? <VisuallyHidden>{word}</VisuallyHidden> : word}
    </span>
  );

  function signOf(): Sign {
    switch (status.kind) {
      case "uploading":
      case "sending":
        return [WaitingIcon, t("messages.sending"), false];
      case "sent":
        return [SentIcon, t("messages.sent"), true];
      case "failed":
        return [WarningIcon, t("messages.failed"), false];
      case "stored":
        return deliverySign(status.delivery);
      default:
        return status satisfies never;
    }
  }

  function deliverySign(delivery: Extract<MessageStatus, { kind: "stored" }>["delivery"]): Sign {
    switch (delivery) {
      case "none":
        return [SentIcon, t("messages.sent"), true];
      case "pending":
        return [WaitingIcon, t("messages.delivery.pending"), false];
      case "delivered":
        return [DeliveredIcon, t("messages.delivery.delivered"), true];
      case "failed":
        return [WarningIcon, t("messages.delivery.failed"), false];
      case "unconfirmed":
        return [UnknownIcon, t("messages.delivery.unconfirmed"), false];
      case "other":
        return [UnknownIcon, t("messages.delivery.other"), false];
      default:
        return delivery satisfies never;
    }
  }
}

interface FailedMessageProps {
  reason: string;
  onRetry: () => void;
  onDiscard: () => void;
}

/** Why a message was not sent, and what can be done about it. */
export function FailedMessage({ reason, onRetry, onDiscard }: FailedMessageProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.failed}>
      <span>{reason}</span>
      <Button size="compact-xs" variant="default" onClick={onRetry}>
        {t("messages.retry")}
      </Button>
      <Button size="compact-xs" variant="default" onClick={onDiscard}>
        {t("messages.discard")}
      </Button>
    </div>
  );
}
