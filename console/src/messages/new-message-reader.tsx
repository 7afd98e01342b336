import type { TeamEntry } from "@grata/contract/entries";
import { VisuallyHidden } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { messageWords } from "../ui/names/message-words.ts";

/** Longer messages are only announced: whoever wants to hear all of it goes to the list. */
const SPOKEN = 300;

interface NewMessageReaderProps {
  entries: readonly TeamEntry[];
  customerName: string;
}

/**
 * Speaks what the customer writes while the chat is open. The list itself is silent: it is virtual, and scrolling it
 * would read old messages as new ones.
 */
export function NewMessageReader({ entries, customerName }: NewMessageReaderProps) {
  const { t } = useTranslation();
  const last = entries.at(-1);
  const [begunAt, setBegunAt] = useState(last?.seq ?? null);
  if (begunAt === null && last !== undefined) {
    setBegunAt(last.seq);
  }
  const isNews = last !== undefined && begunAt !== null && last.seq > begunAt;
  const text =
    isNews && last.occurrence.kind === "message" && last.author.kind === "customer"
      ? messageWords(t, last.occurrence).slice(0, SPOKEN).toWellFormed()
      : null;
  return (
    <VisuallyHidden role="status">
      {text !== null && t("messages.spoken", { name: customerName, text })}
    </VisuallyHidden>
  );
}
