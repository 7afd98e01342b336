import { Loader, Text, Title } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { EmptyView } from "../../layout/empty-view.tsx";
import { FailureAlert } from "../../layout/failure-alert.tsx";
import { useSentence } from "../../session/use-sentence.ts";
import { DoneIcon } from "../../theme/icons.ts";
import styles from "../page.module.css";
import { PageTurner } from "../page-turner.tsx";
import { usePageTurning } from "../use-page-turning.ts";
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
