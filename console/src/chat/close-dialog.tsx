import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ChatFacts } from "../customers/use-chat-facts.ts";
import { useLive } from "../live/live-provider.tsx";
import { ConfirmDialog } from "../ui/parts/confirm-dialog.tsx";
import { findTyped } from "./typed.ts";

interface CloseDialogProps {
  facts: ChatFacts;
  name: string;
  pending: boolean;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Says what speaks against closing a chat: a customer who waits, words that were not sent. */
export function CloseDialog({ facts, name, pending, onConfirm, onCancel }: CloseDialogProps) {
  const { t } = useTranslation();
  const live = useLive();
  return (
    <ConfirmDialog
      title={t("chats.closeAsks.title")}
      action={t("chats.close")}
      pending={pending}
      onConfirm={onConfirm}
      onCancel={onCancel}
    >
      {facts.unansweredSince !== null && <Text>{t("chats.closeAsks.waits", { name })}</Text>}
      {findTyped(live, facts.id) !== null && <Text>{t("chats.closeAsks.loss")}</Text>}
    </ConfirmDialog>
  );
}
