import type { MailState } from "@grata/contract/mails";
import { Alert, Loader, SegmentedControl, Text, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "../../ui/pages/page.module.css";
import { PageTurner } from "../../ui/pages/page-turner.tsx";
import { usePageTurning } from "../../ui/pages/use-page-turning.ts";
import { EmptyView } from "../../ui/parts/empty-view.tsx";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { MailIcon, WarningIcon } from "../../ui/theme/icons.ts";
import listStyles from "./mail-item.module.css";
import { MailItem } from "./mail-item.tsx";
import { mailsQuery } from "./requests.ts";

const filters = ["all", "waiting", "sent", "failed"] as const satisfies (MailState | "all")[];

/** Mail: what waits, what went out, what could not, and why. */
export function MailsPage() {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const [filter, setFilter] = useState<(typeof filters)[number]>("all");
  const outbox = useInfiniteQuery(mailsQuery(filter === "all" ? {} : { state: filter }));
  const turning = usePageTurning(outbox, filter);
  const page = outbox.data?.pages[turning.page];
  return (
    <div className={styles.page}>
      <div>
        <Title order={1} size="h2">
          {t("mails.title")}
        </Title>
        <Text c="dimmed">{t("mails.lead")}</Text>
      </div>
      {page?.sending === false && (
        <Alert color="ink" variant="light" icon={<WarningIcon aria-hidden />} title={t("mails.noServer")}>
          {t("mails.noServerHint")}
        </Alert>
      )}
      <SegmentedControl
        aria-label={t("mails.state")}
        w="fit-content"
        maw="100%"
        value={filter}
        onChange={setFilter}
        data={filters.map((value) => ({ value, label: t(`mails.states.${value}`) }))}
      />
      {outbox.isPending && <Loader aria-label={t("loading")} />}
      {outbox.isError && (
        <FailureAlert sentence={sentenceOf(outbox.error)} onRetry={() => void outbox.refetch()} />
      )}
      {page !== undefined && page.mails.length > 0 && (
        <>
          <ul className={listStyles.list}>
            {page.mails.map((mail) => (
              <MailItem key={mail.id} mail={mail} sending={page.sending} />
            ))}
          </ul>
          <PageTurner turning={turning}>
            {page.waiting > 0 && t("mails.waiting", { count: page.waiting })}
          </PageTurner>
        </>
      )}
      {page?.mails.length === 0 && (
        <EmptyView icon={MailIcon} title={t("mails.none")} hint={t("mails.noneHint")} />
      )}
    </div>
  );
}
