import { Loader, Text, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import styles from "../../ui/pages/page.module.css";
import { PageTurner } from "../../ui/pages/page-turner.tsx";
import { usePageTurning } from "../../ui/pages/use-page-turning.ts";
import { EmptyView } from "../../ui/parts/empty-view.tsx";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { DoneIcon } from "../../ui/theme/icons.ts";
import { AgentChats } from "./agent-chats.tsx";
import { absentChatsQuery } from "./requests.ts";

/** My Team > Unattended chats: those whose agent is away, to be put back on the wait list. */
export function AbsentChatsPage() {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const list = useInfiniteQuery(absentChatsQuery);
  const turning = usePageTurning(list, "");
  const page = list.data?.pages[turning.page];
  const byAgent = Map.groupBy(page?.chats ?? [], ({ agent }) => agent.id);
  return (
    <div className={styles.page}>
      <div>
        <Title order={1} size="h2">
          {t("absentChats.title")}
        </Title>
        <Text c="dimmed">{t("absentChats.lead")}</Text>
      </div>
      {list.isPending && <Loader aria-label={t("loading")} />}
      {list.isError && <FailureAlert sentence={sentenceOf(list.error)} onRetry={() => void list.refetch()} />}
      {[...byAgent].map(([id, chats]) =>
        chats.slice(0, 1).map(({ agent }) => <AgentChats key={id} agent={agent} chats={chats} />),
      )}
      {page !== undefined && page.chats.length > 0 && (
        <PageTurner turning={turning}>{t("absentChats.count", { count: page.total })}</PageTurner>
      )}
      {page?.chats.length === 0 && (
        <EmptyView icon={DoneIcon} title={t("absentChats.none")} hint={t("absentChats.noneHint")} />
      )}
    </div>
  );
}
