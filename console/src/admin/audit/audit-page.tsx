import { Loader, Text, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import styles from "../../ui/pages/page.module.css";
import { PageTurner } from "../../ui/pages/page-turner.tsx";
import { usePageTurning } from "../../ui/pages/use-page-turning.ts";
import { EmptyView } from "../../ui/parts/empty-view.tsx";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { SearchIcon } from "../../ui/theme/icons.ts";
import { useTimeZone } from "../../ui/time/time-zone.ts";
import { AuditFilters } from "./audit-filters.tsx";
import { AuditList } from "./audit-list.tsx";
import { queryOf } from "./audit-search.ts";
import { auditQuery } from "./requests.ts";

/** Who did what to whom, when, from where. Nobody can change it. */
export function AuditPage() {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const navigate = useNavigate();
  const timeZone = useTimeZone();
  const search = useSearch({ from: "/console/admin/audit-log" });
  const query = queryOf(search, timeZone);
  const log = useInfiniteQuery(auditQuery(query));
  const turning = usePageTurning(log, JSON.stringify(query));
  const entries = log.data?.pages[turning.page]?.entries ?? [];
  return (
    <div className={styles.page}>
      <div>
        <Title order={1} size="h2">
          {t("audit.title")}
        </Title>
        <Text c="dimmed">{t("audit.lead")}</Text>
      </div>
      <AuditFilters
        search={search}
        onSearch={(wanted) =>
          void navigate({ to: "/console/admin/audit-log", search: wanted, replace: true })
        }
      />
      {log.isPending && <Loader aria-label={t("loading")} />}
      {log.isError && <FailureAlert sentence={sentenceOf(log.error)} onRetry={() => void log.refetch()} />}
      {entries.length > 0 && (
        <>
          <AuditList entries={entries} />
          <PageTurner turning={turning} />
        </>
      )}
      {log.isSuccess && entries.length === 0 && (
        <EmptyView icon={SearchIcon} title={t("audit.none")} hint={t("audit.noneHint")} />
      )}
    </div>
  );
}
