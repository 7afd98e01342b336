import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ChatFacts } from "../chats/use-chat-facts.ts";
import { useLive } from "../live/live-provider.tsx";
import { plainLine } from "../safe-text/plain-line.ts";
import { formatMoment } from "../time/formats.ts";
import { useLocale } from "../time/use-locale.ts";
import styles from "./facts.module.css";
import { ForeignAddress } from "./foreign-address.tsx";

/** What is known of the chat, line by line; what is not known has no line. */
export function Facts({ facts }: { facts: ChatFacts }) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { now } = useLive();
  const { customer, channel, claimedAt, source } = facts;
  return (
    <dl className={styles.facts}>
      {customer.email !== null && <Fact label={t("fields.email")}>{plainLine(customer.email)}</Fact>}
      {source.page !== null && (
        <Fact label={t("details.page")}>
          <ForeignAddress address={source.page.url} title={source.page.title} />
        </Fact>
      )}
      {source.referrer !== null && (
        <Fact label={t("details.referrer")}>
          <ForeignAddress address={source.referrer} title="" />
        </Fact>
      )}
      <Fact label={t("details.channel")}>{plainLine(channel.name)}</Fact>
      <Fact label={t("details.kind")}>{t(`details.kinds.${channel.kind}`)}</Fact>
      <Fact label={t("details.reference")}>{customer.reference}</Fact>
      {claimedAt !== null && <Fact label={t("details.since")}>{formatMoment(claimedAt, now(), locale)}</Fact>}
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <bdi>{children}</bdi>
      </dd>
    </div>
  );
}
