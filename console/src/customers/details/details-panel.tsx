import { ActionIcon, Title } from "@mantine/core";
import { memo, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { CloseIcon } from "../../ui/theme/icons.ts";
import type { ChatFacts } from "../use-chat-facts.ts";
import { CustomerSections } from "./customer-sections.tsx";
import styles from "./details-panel.module.css";

interface DetailsPanelProps {
  facts: ChatFacts;
  /** It lies over the chat: whoever opens it is in it, and Escape leads out of it. */
  covers: boolean;
  onClose: () => void;
}

/** What is known of the customer and the chat, beside it; over it where there is no room. */
export const DetailsPanel = memo(function DetailsPanel({ facts, covers, onClose }: DetailsPanelProps) {
  const { t } = useTranslation();
  const closing = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!covers) {
      return;
    }
    const before = document.activeElement;
    closing.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, [covers]);
  return (
    <aside
      className={styles.panel}
      aria-label={t("details.title")}
      onKeyDown={(event) => {
        if (covers && event.key === "Escape" && !event.defaultPrevented) onClose();
      }}
    >
      <div className={styles.head}>
        <Title order={3} size="h5">
          {t("details.title")}
        </Title>
        <ActionIcon
          ref={closing}
          variant="subtle"
          color="gray"
          size={36}
          aria-label={t("details.close")}
          onClick={onClose}
        >
          <CloseIcon size={18} aria-hidden />
        </ActionIcon>
      </div>
      <CustomerSections facts={facts} />
    </aside>
  );
});
