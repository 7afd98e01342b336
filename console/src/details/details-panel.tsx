import type { CurrentConversation } from "@grata/contract/conversations";
import { ActionIcon, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { CustomerFace } from "../customers/customer-face.tsx";
import { useCustomerName } from "../customers/use-customer-name.ts";
import { plainLine } from "../safe-text/plain-line.ts";
import { useLanguage } from "../texts/use-language.ts";
import { CloseIcon } from "../theme/icons.ts";
import { formatInstant } from "../time/formats.ts";
import styles from "./details-panel.module.css";

interface DetailsPanelProps {
  conversation: CurrentConversation;
  onClose: () => void;
}

/** What is known of the customer and the chat, beside it; over it where there is no room. */
export function DetailsPanel({ conversation, onClose }: DetailsPanelProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const name = useCustomerName(conversation.customer);
  const { customer, channel, claimedAt } = conversation;
  const facts: [label: string, fact: string][] = [
    [t("details.channel"), plainLine(channel.name)],
    [t("details.kind"), t(`details.kinds.${channel.kind}`)],
    [t("details.reference"), customer.reference],
    ...(claimedAt === null
      ? []
      : [[t("details.since"), formatInstant(claimedAt, language)] as [string, string]]),
  ];
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
      </div>
      <dl className={styles.facts}>
        {facts.map(([label, fact]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <bdi>{fact}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </aside>
  );
}
