import { ActionIcon, Text, Title } from "@mantine/core";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import type { ChatFacts } from "../chats/use-chat-facts.ts";
import { CustomerFace } from "../customers/customer-face.tsx";
import { useCustomerName } from "../customers/use-customer-name.ts";
import { CloseIcon, VerifiedIcon } from "../theme/icons.ts";
import styles from "./details-panel.module.css";
import { Facts } from "./facts.tsx";

interface DetailsPanelProps {
  facts: ChatFacts;
  onClose: () => void;
}

/** What is known of the customer and the chat, beside it; over it where there is no room. */
export const DetailsPanel = memo(function DetailsPanel({ facts, onClose }: DetailsPanelProps) {
  const { t } = useTranslation();
  const name = useCustomerName(facts.customer);
  const { customer } = facts;
  return (
    <aside className={styles.panel} aria-label={t("details.title")}>
      <div className={styles.head}>
        <Title order={3} size="h5">
          {t("details.title")}
        </Title>
        <ActionIcon variant="subtle" color="gray" aria-label={t("details.close")} onClick={onClose}>
          <CloseIcon size={18} aria-hidden />
        </ActionIcon>
      </div>
      <div className={styles.whom}>
        <CustomerFace customer={customer} since={null} large />
        <Text className={styles.name} fw={650}>
          <bdi>{name}</bdi>
        </Text>
        {customer.identified && (
          <Text className={styles.vouched} size="xs">
            <VerifiedIcon size={14} aria-hidden />
            {t("details.identified")}
          </Text>
        )}
      </div>
      <Facts facts={facts} />
    </aside>
  );
});
