import type { QuickReply } from "@grata/contract/quick-replies";
import { Button, Group, Loader } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { exportPath, listQuery, type Scope } from "../chat/quick-replies/requests.ts";
import { latePart } from "../ui/late/late-part.tsx";
import { PageTurner } from "../ui/pages/page-turner.tsx";
import { usePageTurning } from "../ui/pages/use-page-turning.ts";
import { EmptyView } from "../ui/parts/empty-view.tsx";
import { FailureAlert } from "../ui/parts/failure-alert.tsx";
import { useSentence } from "../ui/texts/use-sentence.ts";
import { QuickReplyIcon, SearchIcon } from "../ui/theme/icons.ts";
import { Filters } from "./filters.tsx";
import styles from "./manager.module.css";
import type { QuickRepliesSearch, SortKey } from "./quick-replies-search.ts";
import { SelectionBar } from "./selection-bar.tsx";
import { QuickReplyTable } from "./table.tsx";

const EditDialog = latePart(async () => (await import("./edit-dialog.tsx")).EditDialog, {
  place: "dialog",
  ahead: true,
  close: ({ onClose }) => onClose(),
});
const ImportDialog = latePart(async () => (await import("./import-dialog.tsx")).ImportDialog, {
  place: "dialog",
  close: ({ onClose }) => onClose(),
});

interface ManagerProps {
  scope: Scope;
  search: QuickRepliesSearch;
  onSearch: (search: QuickRepliesSearch) => void;
}

const nobody: ReadonlySet<string> = new Set();

/** A list of quick replies in the hands of who may change it: found, written, deleted, taken in and out as CSV. */
export function Manager({ scope, search, onSearch }: ManagerProps) {
  const { t } = useTranslation(["quickReplies", "console"]);
  const sentenceOf = useSentence();
  const [dialog, setDialog] = useState<"new" | "import" | QuickReply | null>(null);
  const [selected, setSelected] = useState(nobody);
  const list = useInfiniteQuery(listQuery(scope, search));
  const turning = usePageTurning(list, JSON.stringify(search));
  const page = list.data?.pages[turning.page];
  const lines = page?.quickReplies ?? [];
  const filtered = search.search !== undefined || search.category !== undefined;
  const categories = list.data?.pages[0]?.categories ?? [];

  function show(wanted: QuickRepliesSearch): void {
    // What is not in sight any more must not be deleted by a button that is.
    setSelected(nobody);
    onSearch(wanted);
  }

  return (
    <div className={styles.manager}>
      <Group gap="sm">
        <Button onClick={() => setDialog("new")}>{t("new")}</Button>
        <Button variant="default" onClick={() => setDialog("import")}>
          {t("import")}
        </Button>
        {(lines.length > 0 || filtered) && (
          <Button component="a" href={exportPath(scope)} download variant="default">
            {t("export")}
          </Button>
        )}
      </Group>
      {(lines.length > 0 || filtered) && <Filters search={search} categories={categories} onSearch={show} />}
      {list.isPending && <Loader aria-label={t("console:loading")} />}
      {list.isError && <FailureAlert sentence={sentenceOf(list.error)} onRetry={() => void list.refetch()} />}
      {page !== undefined && lines.length > 0 && (
        <>
          {selected.size > 0 && (
            <SelectionBar
              scope={scope}
              search={search}
              selected={selected}
              total={page.total}
              onSelect={setSelected}
            />
          )}
          <QuickReplyTable
            quickReplies={lines}
            search={search}
            selected={selected}
            onSelect={setSelected}
            onSort={(key) => show(sortedBy(search, key))}
            onEdit={setDialog}
          />
          <PageTurner turning={turning}>{t("count", { count: page.total })}</PageTurner>
        </>
      )}
      {page !== undefined && lines.length === 0 && empty()}
      <Suspense>
        {dialog === "import" && <ImportDialog scope={scope} onClose={() => setDialog(null)} />}
        {dialog !== null && dialog !== "import" && (
          <EditDialog
            scope={scope}
            quickReply={dialog === "new" ? null : dialog}
            categories={categories}
            onClose={() => setDialog(null)}
          />
        )}
      </Suspense>
    </div>
  );

  function empty() {
    return filtered ? (
      <EmptyView icon={SearchIcon} title={t("notFound")} hint={t("notFoundHint")}>
        <Button mt="sm" variant="default" onClick={() => show({})}>
          {t("showAll")}
        </Button>
      </EmptyView>
    ) : (
      <EmptyView icon={QuickReplyIcon} title={t("none")} hint={t("noneHint")} />
    );
  }
}

/** The search after a click on a column's heading: that column, or the other way round where it was already that. */
function sortedBy(search: QuickRepliesSearch, key: SortKey): QuickRepliesSearch {
  const { sort = "name", direction, ...filters } = search;
  const turned = sort === key && direction === undefined;
  return { ...filters, ...(key !== "name" && { sort: key }), ...(turned && { direction: "descending" }) };
}
