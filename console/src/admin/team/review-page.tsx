import { Input, Loader, SegmentedControl, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "../../ui/pages/page.module.css";
import { PageTurner } from "../../ui/pages/page-turner.tsx";
import { EmptyView } from "../../ui/parts/empty-view.tsx";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { BackIcon, DoneIcon } from "../../ui/theme/icons.ts";
import { useMe } from "./own-session.ts";
import { useUsersPage } from "./use-users-page.ts";
import { UsersTable } from "./users-table.tsx";

const periods = ["30", "60", "90"] as const;

/** Who has not been here for long: whoever has left the company is found and disabled from here. */
export function ReviewPage() {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const me = useMe();
  const [period, setPeriod] = useState<(typeof periods)[number]>("30");
  const list = useUsersPage({ notSeenForDays: period, sort: "lastSeen" });
  return (
    <div className={styles.page}>
      <Link className={styles.back} to="/console/admin/users" activeOptions={{ exact: true }}>
        <BackIcon size={16} aria-hidden />
        {t("team.review.back")}
      </Link>
      <div>
        <Title order={1} size="h2">
          {t("team.review.title")}
        </Title>
        <Text c="dimmed">{t("team.review.lead")}</Text>
      </div>
      <Input.Wrapper label={t("team.review.period")} labelElement="div">
        <SegmentedControl
          aria-label={t("team.review.period")}
          display="flex"
          w="fit-content"
          value={period}
          onChange={setPeriod}
          data={periods.map((value) => ({ value, label: t("team.review.days", { count: Number(value) }) }))}
        />
      </Input.Wrapper>
      {list.pending && <Loader aria-label={t("loading")} />}
      {list.error !== null && <FailureAlert sentence={sentenceOf(list.error)} onRetry={list.retry} />}
      {list.users.length > 0 && (
        <>
          <UsersTable users={list.users} me={me} search={{}} />
          <PageTurner turning={list.turning}>{t("team.count", { count: list.total })}</PageTurner>
        </>
      )}
      {list.empty && (
        <EmptyView icon={DoneIcon} title={t("team.review.none")} hint={t("team.review.noneHint")} />
      )}
    </div>
  );
}
