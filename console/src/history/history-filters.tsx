import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { FailureAlert } from "../ui/parts/failure-alert.tsx";
import { useTypedSearch } from "../ui/parts/use-typed-search.ts";
import { plainLine } from "../ui/safe-text/plain-line.ts";
import { useSentence } from "../ui/texts/use-sentence.ts";
import { SearchIcon } from "../ui/theme/icons.ts";
import { CustomerFilter } from "./customer-filter.tsx";
import styles from "./history-filters.module.css";
import { type HistorySearch, type HistoryStep, readHistorySearch } from "./history-search.ts";
import { choicesQuery } from "./requests.ts";

interface HistoryFiltersProps {
  search: HistorySearch;
  onSearch: (step: HistoryStep) => void;
}

type Named = readonly { id: string; name: string }[];

/** Words, and what the chats are narrowed down to. What is typed is looked for when the typing rests. */
export function HistoryFilters({ search, onSearch }: HistoryFiltersProps) {
  const { t } = useTranslation("history");
  const sentenceOf = useSentence();
  const choices = useQuery(choicesQuery);
  const { chat, seq, ...filters } = search;
  // Where there is little room they are out of the way until somebody wants them.
  const [opened, setOpened] = useState(Object.keys(filters).some((key) => key !== "text"));
  const more = useId();
  const change = (filter: Record<string, string>) =>
    onSearch((before) => readHistorySearch({ ...before, ...filter }));
  const words = useTypedSearch(search.text ?? "", (wanted) => change({ text: wanted }));
  const choice = (label: string, all: string, key: "userId" | "channelId" | "tagId", named: Named = []) => (
    <NativeSelect
      label={label}
      value={search[key] ?? ""}
      onChange={(event) => change({ [key]: event.currentTarget.value })}
    >
      <option value="">{all}</option>
      {named.map(({ id, name }) => (
        <option key={id} value={id}>
          {plainLine(name)}
        </option>
      ))}
    </NativeSelect>
  );
  return (
    <search className={styles.filters}>
      <TextInput
        label={t("search")}
        description={t("searchHint")}
        type="search"
        leftSection={<SearchIcon size={16} aria-hidden />}
        value={words.text}
        maxLength={200}
        autoComplete="off"
        onBlur={words.leave}
        onChange={(event) => words.type(event.currentTarget.value)}
      />
      <Button
        className={styles.toggle}
        variant="default"
        aria-expanded={opened}
        aria-controls={more}
        onClick={() => setOpened(!opened)}
      >
        {t("filters")}
      </Button>
      <div id={more} className={styles.more} data-opened={opened}>
        <CustomerFilter
          customerId={search.customerId ?? null}
          onChoose={(customerId) => change({ customerId: customerId ?? "" })}
        />
        {choice(t("user"), t("everyUser"), "userId", choices.data?.users)}
        {choice(t("channel"), t("everyChannel"), "channelId", choices.data?.channels)}
        {choice(t("tag"), t("everyTag"), "tagId", choices.data?.tags)}
        <TextInput
          label={t("from")}
          type="date"
          value={search.from ?? ""}
          onChange={(event) => change({ from: event.currentTarget.value })}
        />
        <TextInput
          label={t("until")}
          type="date"
          value={search.until ?? ""}
          onChange={(event) => change({ until: event.currentTarget.value })}
        />
      </div>
      {Object.keys(filters).length > 0 && (
        <Button variant="default" onClick={() => onSearch(() => ({}))}>
          {t("clear")}
        </Button>
      )}
      {choices.isError && (
        <div>
          <FailureAlert sentence={sentenceOf(choices.error)} onRetry={() => void choices.refetch()} />
        </div>
      )}
    </search>
  );
}
