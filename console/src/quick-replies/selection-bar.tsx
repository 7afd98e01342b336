import { quickReplyDeletionsLimit } from "@grata/contract/quick-replies";
import { Button, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  deleteQuickReplies,
  findAllIds,
  refreshQuickReplies,
  type Scope,
} from "../chat/quick-replies/requests.ts";
import { notify } from "../ui/notices/notices.ts";
import { ConfirmDialog } from "../ui/parts/confirm-dialog.tsx";
import { FailureAlert } from "../ui/parts/failure-alert.tsx";
import { useSentence } from "../ui/texts/use-sentence.ts";
import styles from "./manager.module.css";
import type { QuickRepliesSearch } from "./quick-replies-search.ts";

interface SelectionBarProps {
  scope: Scope;
  search: QuickRepliesSearch;
  selected: ReadonlySet<string>;
  /** How many there are with this search, on all pages. */
  total: number;
  onSelect: (selected: ReadonlySet<string>) => void;
}

/** What can be done to the selected quick replies: exactly those that were counted when the admin was asked. */
export function SelectionBar({ scope, search, selected, total, onSelect }: SelectionBarProps) {
  const { t } = useTranslation("quickReplies");
  const sentenceOf = useSentence();
  const [asking, setAsking] = useState(false);
  const count = selected.size;
  const finding = useMutation({
    mutationFn: () => findAllIds(scope, search),
    onSuccess: (ids) => onSelect(new Set(ids)),
    onError: (error) => notify(sentenceOf(error)),
  });
  const deleting = useMutation({
    async mutationFn() {
      const ids = [...selected];
      let deleted = 0;
      for (let done = 0; done < ids.length; done += quickReplyDeletionsLimit) {
        deleted += await deleteQuickReplies(scope, ids.slice(done, done + quickReplyDeletionsLimit));
      }
      return deleted;
    },
    onSuccess(deleted) {
      setAsking(false);
      onSelect(new Set());
      notify(t("deleting.done", { count: deleted }));
    },
    // Also what was deleted before a failure is gone.
    onSettled: refreshQuickReplies,
  });
  return (
    <div className={styles.selection}>
      <span role="status">{t("selected", { count })}</span>
      {count < total && (
        <Button variant="default" size="xs" loading={finding.isPending} onClick={() => finding.mutate()}>
          {t("selectFound", { count: total })}
        </Button>
      )}
      <Button variant="default" size="xs" onClick={() => onSelect(new Set())}>
        {t("clearSelection")}
      </Button>
      <Button size="xs" color="red.9" onClick={() => setAsking(true)}>
        {t("delete")}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t("deleting.title", { count })}
          action={t("deleting.action")}
          pending={deleting.isPending}
          onConfirm={() => deleting.mutate()}
          onCancel={() => setAsking(false)}
        >
          <Text>{t("deleting.hint")}</Text>
          {deleting.isError && <FailureAlert sentence={sentenceOf(deleting.error)} />}
        </ConfirmDialog>
      )}
    </div>
  );
}
