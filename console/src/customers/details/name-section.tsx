import type { CustomerDetails } from "@grata/contract/customers";
import { nameLimit } from "@grata/contract/limits";
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { ChannelIcon } from "../../ui/names/channel-kind.tsx";
import { isBlank, plainLine } from "../../ui/safe-text/plain-line.ts";
import { VerifiedIcon } from "../../ui/theme/icons.ts";
import { CustomerFace } from "../customer-face.tsx";
import type { Deeds } from "../requests.ts";
import type { ChatFacts } from "../use-chat-facts.ts";
import { useCustomerName } from "../use-customer-name.ts";
import { EditableLine } from "./editable-line.tsx";
import styles from "./name-section.module.css";

interface NameSectionProps {
  facts: ChatFacts;
  details: CustomerDetails | undefined;
  deeds: Deeds;
}

/** What the team calls them, and beside it what the channel does. */
export function NameSection({ facts, details, deeds }: NameSectionProps) {
  const { t } = useTranslation();
  const { customer } = facts;
  const name = useCustomerName(customer);
  const own = plainLine(details?.ownName ?? "");
  return (
    <div className={styles.whom}>
      <CustomerFace customer={customer} since={null} large />
      <div className={styles.names}>
        {details === undefined ? (
          <Text className={styles.name}>
            <bdi>{name}</bdi>
          </Text>
        ) : (
          <EditableLine
            label={t("panel.name")}
            hiddenLabel
            value={details.teamName}
            shown={
              <Text component="span" className={styles.name}>
                <bdi>{name}</bdi>
              </Text>
            }
            suggestion={details.ownName ?? ""}
            maxLength={nameLimit}
            onSave={(change) => deeds.change({ name: change })}
          />
        )}
        {!isBlank(own) && (
          <Text size="xs" c="dimmed" className={styles.own}>
            <ChannelIcon kind={facts.channel.kind} size={14} />
            <span>
              {t("panel.ownName")} <bdi>{own}</bdi>
            </span>
          </Text>
        )}
        {customer.identified && (
          <Text className={styles.vouched} size="xs">
            <VerifiedIcon size={14} aria-hidden />
            {t("details.identified")}
          </Text>
        )}
      </div>
    </div>
  );
}
