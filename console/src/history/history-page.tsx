import { Text, VisuallyHidden } from "@mantine/core";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { TabSign } from "../notifications/attention/tab-sign.tsx";
import { EmptyView } from "../ui/parts/empty-view.tsx";
import { BackIcon, ChatIcon } from "../ui/theme/icons.ts";
import { HistoryChat } from "./history-chat.tsx";
import { HistoryFilters } from "./history-filters.tsx";
import styles from "./history-page.module.css";
import { HistoryResults } from "./history-results.tsx";
import type { HistoryStep } from "./history-search.ts";

/** What was said before: filters and a list, and beside it the chat that is read. */
export function HistoryPage() {
  const { t } = useTranslation("history");
  const { t: common } = useTranslation();
  const navigate = useNavigate();
  const search = useSearch({ from: "/console/history" });
  const show = (step: HistoryStep) => void navigate({ to: "/console/history", search: step, replace: true });
  const title = common("history.title");
  return (
    <main className={styles.page} data-step={search.chat === undefined ? "list" : "chat"}>
      <TabSign title={title} />
      <VisuallyHidden component="h1">{title}</VisuallyHidden>
      <div className={styles.list} id="content" tabIndex={-1}>
        <div>
          <Link className={styles.back} to="/console" activeOptions={{ exact: true }}>
            <BackIcon size={16} aria-hidden />
            {common("admin.back")}
          </Link>
          <Text component="div" fz="1.5rem" fw={700} lh={1.3} aria-hidden>
            {title}
          </Text>
          <Text c="dimmed">{t("lead")}</Text>
        </div>
        <HistoryFilters search={search} onSearch={show} />
        <HistoryResults search={search} onSearch={show} />
      </div>
      <section className={styles.chat} aria-label={t("chats")}>
        {search.chat === undefined ? (
          <EmptyView icon={ChatIcon} title={title} hint={t("choose")} />
        ) : (
          <HistoryChat
            key={`${search.chat} ${search.seq}`}
            conversationId={search.chat}
            seq={search.seq ?? null}
          />
        )}
      </section>
    </main>
  );
}
