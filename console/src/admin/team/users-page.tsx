import { Button, Group, Loader, Text, Title } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { Suspense, useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { latePart } from "../../ui/late/late-part.tsx";
import styles from "../../ui/pages/page.module.css";
import { PageTurner } from "../../ui/pages/page-turner.tsx";
import { EmptyView } from "../../ui/parts/empty-view.tsx";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { AddUserIcon, SearchIcon } from "../../ui/theme/icons.ts";
import { useMe } from "./own-session.ts";
import { useUsersPage } from "./use-users-page.ts";
import { UsersFilters } from "./users-filters.tsx";
import { sortedBy, type UsersSearch } from "./users-search.ts";
import { UsersTable } from "./users-table.tsx";

const AddAgentsDialog = latePart(async () => (await import("./add-agents-dialog.tsx")).AddAgentsDialog, {
  place: "dialog",
  close: ({ onClose }) => onClose(),
});

/** My Team > Users: everybody, found by name, state or role, a page at a time. */
export function UsersPage() {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const navigate = useNavigate();
  const me = useMe();
  const search = useSearch({ from: "/console/admin/users" });
  const [adding, setAdding] = useState(false);
  const list = useUsersPage(search);
  // Fifty lines with their menus are drawn in slices: whoever types or scrolls meanwhile is not held up.
  const users = useDeferredValue(list.users, []);
  const show = (wanted: UsersSearch) =>
    void navigate({ to: "/console/admin/users", search: wanted, replace: true });
  return (
    <div className={styles.page}>
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={1} size="h2">
            {t("team.title")}
          </Title>
          <Text c="dimmed">{t("team.lead")}</Text>
        </div>
        <Group gap="sm">
          <Button component={Link} to="/console/admin/users/review" variant="default">
            {t("team.review.title")}
          </Button>
          <Button leftSection={<AddUserIcon size={16} aria-hidden />} onClick={() => setAdding(true)}>
            {t("team.add")}
          </Button>
        </Group>
      </Group>
      <UsersFilters search={search} counts={list.counts} onSearch={show} />
      {list.pending && <Loader aria-label={t("loading")} />}
      {list.error !== null && <FailureAlert sentence={sentenceOf(list.error)} onRetry={list.retry} />}
      {list.users.length > 0 && (
        <>
          <UsersTable users={users} me={me} search={search} onSort={(key) => show(sortedBy(search, key))} />
          <PageTurner turning={list.turning}>{t("team.count", { count: list.total })}</PageTurner>
        </>
      )}
      {list.empty && (
        <EmptyView icon={SearchIcon} title={t("team.none")} hint={t("team.noneHint")}>
          <Button mt="sm" variant="default" onClick={() => show({})}>
            {t("team.clear")}
          </Button>
        </EmptyView>
      )}
      {adding && (
        <Suspense>
          <AddAgentsDialog onClose={() => setAdding(false)} />
        </Suspense>
      )}
    </div>
  );
}
