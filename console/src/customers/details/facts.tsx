import type { Language } from "@grata/contract/languages";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../../live/live-provider.tsx";
import { describeBrowser } from "../../ui/describe-browser.ts";
import { channelKindName } from "../../ui/names/channel-kind.tsx";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { languageNames } from "../../ui/texts/language-names.ts";
import { formatMoment } from "../../ui/time/formats.ts";
import { useLocale } from "../../ui/time/use-locale.ts";
import type { ChatFacts } from "../use-chat-facts.ts";
import styles from "./facts.module.css";
import { ForeignAddress } from "./foreign-address.tsx";

interface FactsProps {
  facts: ChatFacts;
  /** The customer's; null: not known. */
  language: Language | null;
  /** What the customer's browser says of itself; null: not known. */
  userAgent: string | null;
}

/** What is known of the chat, line by line; what is not known has no line. */
export function Facts({ facts, language, userAgent }: FactsProps) {
  const { t } = useTranslation();
  const locale = useLocale();
  const { now } = useLive();
  const { customer, channel, claimedAt, source } = facts;
  return (
    <dl className={styles.facts}>
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
      {language !== null && <Fact label={t("panel.language")}>{languageNames[language]}</Fact>}
      {userAgent !== null && <Device userAgent={userAgent} />}
      <Fact label={t("details.channel")}>{plainLine(channel.name)}</Fact>
      <Fact label={t("details.kind")}>{t(channelKindName(channel.kind))}</Fact>
      <Fact label={t("details.reference")}>{customer.reference}</Fact>
      {claimedAt !== null && <Fact label={t("details.since")}>{formatMoment(claimedAt, now(), locale)}</Fact>}
    </dl>
  );
}

/** Browser and system, as far as they can be told; the words themselves for those who want to know them exactly. */
function Device({ userAgent }: { userAgent: string }) {
  const { t } = useTranslation();
  const { browser, system } = describeBrowser(userAgent);
  const known = [browser, system].filter((name) => name !== null);
  return (
    <Fact label={t("panel.device")}>
      <span title={plainLine(userAgent)}>
        {known.length > 0 ? known.join(" · ") : t("panel.deviceUnknown")}
      </span>
    </Fact>
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
