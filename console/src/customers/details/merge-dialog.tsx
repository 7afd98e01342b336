import type { CustomerDetails } from "@grata/contract/customers";
import { Button, Group, Radio, Text, TextInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { notify } from "../../ui/notices/notices.ts";
import { Dialog } from "../../ui/parts/dialog.tsx";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { FoundCustomer } from "../found-customer.tsx";
import "@mantine/core/styles/InlineInput.layer.css";
import "@mantine/core/styles/Radio.layer.css";
import { type Deeds, searchQuery } from "../requests.ts";
import styles from "./merge-section.module.css";

interface MergeDialogProps {
  details: CustomerDetails;
  deeds: Deeds;
  onClose: () => void;
}

/** Finds the other customer who is the same person, and says what becomes of both. */
export function MergeDialog({ details, deeds, onClose }: MergeDialogProps) {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const [search, setSearch] = useState(details.teamName ?? details.ownName ?? "");
  const [chosen, setChosen] = useState<string | null>(null);
  const wanted = useDeferredValue(search.trim());
  const found = useQuery({ ...searchQuery(wanted), enabled: wanted !== "" });
  const merging = useMutation({
    mutationFn: deeds.merge,
    onSuccess() {
      notify(t("panel.merge.done"));
      onClose();
    },
  });
  const others = wanted === "" ? [] : (found.data?.customers.filter(({ id }) => id !== details.id) ?? []);
  const choice = others.some(({ id }) => id === chosen) ? chosen : null;
  return (
    <Dialog title={t("panel.merge.title")} size="lg" onClose={onClose}>
      <Text>{t("panel.merge.hint")}</Text>
      <TextInput
        label={t("panel.merge.search")}
        value={search}
        maxLength={200}
        autoComplete="off"
        data-autofocus
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {found.isError && (
        <FailureAlert sentence={sentenceOf(found.error)} onRetry={() => void found.refetch()} />
      )}
      {others.length > 0 && (
        <Radio.Group label={t("panel.merge.found")} value={choice} onChange={setChosen}>
          <div className={styles.found}>
            {others.map((customer) => (
              <Radio
                key={customer.id}
                className={styles.choice}
                value={customer.id}
                label={<FoundCustomer customer={customer} />}
              />
            ))}
          </div>
        </Radio.Group>
      )}
      {wanted !== "" && found.isSuccess && others.length === 0 && (
        <Text c="dimmed" role="status">
          {t("panel.merge.nobody")}
        </Text>
      )}
      {merging.isError && <FailureAlert sentence={sentenceOf(merging.error)} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button
          disabled={choice === null}
          loading={merging.isPending}
          onClick={() => choice !== null && merging.mutate(choice)}
        >
          {t("panel.merge.action")}
        </Button>
      </Group>
    </Dialog>
  );
}
