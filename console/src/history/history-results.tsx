import { RequestFailed } from "@grata/client/failures";
import { Button, Loader } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { PageTurner } from "../ui/pages/page-turner.tsx";
import { usePageTurning } from "../ui/pages/use-page-turning.ts";
import { EmptyView } from "../ui/parts/empty-view.tsx";
import { FailureAlert } from "../ui/parts/failure-alert.tsx";
import { useSentence } from "../ui/texts/use-sentence.ts";
import { AuditIcon, SearchIcon } from "../ui/theme/icons.ts";
import { useTimeZone } from "../ui/time/time-zone.ts";
import { ChatLines } from "./chat-lines.tsx";
import { type HistorySearch, type HistoryStep, queryOf } from "./history-search.ts";
import { HitLines } from "./hit-lines.tsx";
import { chatsQuery, hitsQuery } from "./requests.ts";

interface HistoryResultsProps {
  search: HistorySearch;
  onSearch: (step: HistoryStep) => void;
}

/** The messages with the words that are looked for; without words the chats. */
export function HistoryResults({ search, onSearch }: HistoryResultsProps) {
  return search.text === undefined ? (
    <Chats search={search} onSearch={onSearch} />
  ) : (
    <Hits text={search.text} search={search} onSearch={onSearch} />
  );
}

function Chats({ search, onSearch }: HistoryResultsProps) {
  const { t } = useTranslation("history");
  const { t: common } = useTranslation();
  const sentenceOf = useSentence();
  const query = queryOf(search, useTimeZone());
  const list = useInfiniteQuery(chatsQuery(query));
  const turning = usePageTurning(list, JSON.stringify(query));
  const chats = list.data?.pages[turning.page]?.conversations ?? [];
  const narrowed = Object.keys(query).length > 0;
  return (
    <>
      {list.isPending && <Loader mx="auto" aria-label={common("loading")} />}
      {list.isError && <FailureAlert sentence={sentenceOf(list.error)} onRetry={() => void list.refetch()} />}
      {chats.length > 0 && <ChatLines chats={chats} search={search} />}
      {(chats.length > 0 || turning.next !== null || turning.previous !== null) && (
        <PageTurner turning={turning} />
      )}
      {list.isSuccess && chats.length === 0 && turning.next === null && (
        <EmptyView
          icon={AuditIcon}
          title={t(narrowed ? "notFound" : "none")}
          hint={t(narrowed ? "notFoundHint" : "noneHint")}
        >
          {narrowed && (
            <Button mt="sm" variant="default" onClick={() => onSearch(() => ({}))}>
              {t("clear")}
            </Button>
          )}
        </EmptyView>
      )}
    </>
  );
}

function Hits({ text, search, onSearch }: HistoryResultsProps & { text: string }) {
  const { t } = useTranslation("history");
  const { t: common } = useTranslation();
  const sentenceOf = useSentence();
  const query = queryOf(search, useTimeZone());
  const list = useInfiniteQuery(hitsQuery(text, query));
  const turning = usePageTurning(list, JSON.stringify([text, query]));
  const hits = list.data?.pages[turning.page]?.hits ?? [];
  // Whoever has typed one letter so far has made no mistake.
  const tooShort = list.error instanceof RequestFailed && list.error.failure.code === "search_text_invalid";
  if (tooShort) {
    return <EmptyView icon={SearchIcon} title={t("search")} hint={sentenceOf(list.error)} />;
  }
  return (
    <>
      {list.isPending && <Loader mx="auto" aria-label={common("loading")} />}
      {list.isError && <FailureAlert sentence={sentenceOf(list.error)} onRetry={() => void list.refetch()} />}
      {hits.length > 0 && <HitLines hits={hits} search={search} />}
      {list.isSuccess && hits.length === 0 && (
        <EmptyView
          icon={SearchIcon}
          title={t(turning.next === null ? "notFound" : "notYet")}
          hint={t(turning.next === null ? "notFoundHint" : "notYetHint")}
        >
          {turning.next === null ? (
            <Button mt="sm" variant="default" onClick={() => onSearch(() => ({}))}>
              {t("clear")}
            </Button>
          ) : (
            <Button mt="sm" variant="default" loading={turning.pending} onClick={turning.next}>
              {t("older")}
            </Button>
          )}
        </EmptyView>
      )}
      {hits.length > 0 && <PageTurner turning={turning} />}
    </>
  );
}
