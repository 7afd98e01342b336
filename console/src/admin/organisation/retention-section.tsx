import { changeRetention, readRetention } from "@grata/contract/routes/organisation";
import { Button, Group, Loader, NativeSelect, Text, Title } from "@mantine/core";
import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call } from "../../session/http.ts";
import { queryClient } from "../../session/session-query.ts";
import { notify } from "../../ui/notices/notices.ts";
import styles from "../../ui/pages/page.module.css";
import { ConfirmDialog } from "../../ui/parts/confirm-dialog.tsx";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { useSentence } from "../../ui/texts/use-sentence.ts";

const retentionQuery = queryOptions({
  queryKey: ["retention"],
  queryFn: () => call(readRetention),
  staleTime: 0,
});

/** In days: what is offered, with what is set now, which may have come through the API. */
const offered = [30, 90, 180, 365, 730, 1_095, 1_825, 3_650];

/** How long what was said in closed chats is kept. Saved by itself, because it cannot be taken back. */
export function RetentionSection() {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const kept = useQuery(retentionQuery);
  return (
    <>
      <div>
        <Title order={2} size="h3">
          {t("retention.title")}
        </Title>
        <Text c="dimmed">{t("retention.lead")}</Text>
      </div>
      {kept.isPending && <Loader aria-label={t("loading")} />}
      {kept.isError && <FailureAlert sentence={sentenceOf(kept.error)} onRetry={() => void kept.refetch()} />}
      {kept.isSuccess && <RetentionForm days={kept.data.days} />}
    </>
  );
}

function RetentionForm({ days }: { days: number | null }) {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const [chosen, setChosen] = useState(days);
  const [asks, setAsks] = useState(false);
  const saving = useMutation({
    mutationFn: (wanted: number | null) => call(changeRetention, { body: { days: wanted } }),
    onSuccess(saved) {
      queryClient.setQueryData(retentionQuery.queryKey, saved);
      notify(t("organisation.saved"));
    },
    onSettled: () => setAsks(false),
  });
  const periods = [...new Set(days === null ? offered : [...offered, days])].sort(
    (one, other) => one - other,
  );
  const isShorter = chosen !== null && (days === null || chosen < days);
  return (
    <form
      className={styles.card}
      onSubmit={(event) => {
        event.preventDefault();
        if (isShorter) setAsks(true);
        else saving.mutate(chosen);
      }}
    >
      {saving.isError && <FailureAlert sentence={sentenceOf(saving.error)} />}
      <NativeSelect
        label={t("retention.label")}
        description={t("retention.hint")}
        value={chosen ?? ""}
        onChange={({ currentTarget: { value } }) => setChosen(value === "" ? null : Number(value))}
      >
        <option value="">{t("organisation.never")}</option>
        {periods.map((period) => (
          <option key={period} value={period}>
            {t("retention.days", { count: period })}
          </option>
        ))}
      </NativeSelect>
      <Group>
        <Button type="submit" loading={saving.isPending}>
          {t("retention.save")}
        </Button>
      </Group>
      {asks && chosen !== null && (
        <ConfirmDialog
          title={t("retention.confirm", { count: chosen })}
          action={t("retention.action")}
          pending={saving.isPending}
          onConfirm={() => saving.mutate(chosen)}
          onCancel={() => setAsks(false)}
        >
          <Text>{t("retention.loss")}</Text>
        </ConfirmDialog>
      )}
    </form>
  );
}
