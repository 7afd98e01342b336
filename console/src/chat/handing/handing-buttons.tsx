import { ActionIcon } from "@mantine/core";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { latePart } from "../../ui/late/late-part.tsx";
import { NoteIcon, TransferIcon } from "../../ui/theme/icons.ts";
import { ReleaseButton } from "./release-button.tsx";

const TransferDialog = latePart(async () => (await import("./transfer-dialog.tsx")).TransferDialog, {
  place: "dialog",
  close: ({ onClose }) => onClose(),
});
const NoteDialog = latePart(async () => (await import("./note-dialog.tsx")).NoteDialog, {
  place: "dialog",
  close: ({ onClose }) => onClose(),
});

interface HandingButtonsProps {
  conversationId: string;
  /** Shown name of the customer. */
  name: string;
}

/** Buttons for a chat besides answering it: write a note for the team, transfer it, put it back on the wait list. */
export function HandingButtons({ conversationId, name }: HandingButtonsProps) {
  const { t } = useTranslation("handing");
  const [opened, setOpened] = useState<"note" | "transfer" | null>(null);
  const close = () => setOpened(null);
  return (
    <>
      <ActionIcon
        variant="subtle"
        size={36}
        aria-label={t("note.button")}
        title={t("note.button")}
        onClick={() => setOpened("note")}
      >
        <NoteIcon size={20} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        size={36}
        aria-label={t("transfer.button")}
        title={t("transfer.button")}
        onClick={() => setOpened("transfer")}
      >
        <TransferIcon size={20} aria-hidden />
      </ActionIcon>
      <ReleaseButton conversationId={conversationId} name={name} />
      {opened !== null && (
        <Suspense>
          {opened === "note" ? (
            <NoteDialog conversationId={conversationId} name={name} onClose={close} />
          ) : (
            <TransferDialog conversationId={conversationId} name={name} onClose={close} />
          )}
        </Suspense>
      )}
    </>
  );
}
