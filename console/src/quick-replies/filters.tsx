import { NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import styles from "../admin/page.module.css";
import { plainLine } from "../safe-text/plain-line.ts";
import { SearchIcon } from "../theme/icons.ts";
import { type QuickRepliesSearch, readQuickRepliesSearch } from "./quick-replies-search.ts";

interface FiltersProps {
  search: QuickRepliesSearch;
  categories: readonly string[];
  onSearch: (search: QuickRepliesSearch) => void;
}

/** The search field and the category above a list. What is typed is looked for when the typing rests. */
export function Filters({ search, categories, onSearch }: FiltersProps) {
  const { t } = useTranslation("quickReplies");
  const [typed, setTyped] = useState({ text: search.search ?? "", for: search.search });
  // A search that came from elsewhere, such as the button that shows all, is what stands in the field.
  const text = typed.for === search.search ? typed.text : (search.search ?? "");
  const change = (filter: Record<string, string>) =>
    onSearch(readQuickRepliesSearch({ ...search, ...filter }));
  const look = useDebouncedCallback((wanted: string) => {
    setTyped({ text: wanted, for: wanted === "" ? undefined : wanted });
    change({ search: wanted });
  }, 250);
  // One that was in an address may have no quick reply any more.
  const known = new Set([...categories, ...(search.category === undefined ? [] : [search.category])]);
  return (
    <search className={styles.filters}>
      <TextInput
        label={t("search")}
        type="search"
        leftSection={<SearchIcon size={16} aria-hidden />}
        value={text}
        maxLength={120}
        // Whoever leaves the field for a link must not be called back by a search that comes late.
        onBlur={() => look.flush()}
        onChange={(event) => {
          setTyped({ text: event.currentTarget.value, for: search.search });
          look(event.currentTarget.value);
        }}
      />
      <NativeSelect
        label={t("category")}
        value={search.category ?? ""}
        onChange={(event) => change({ category: event.currentTarget.value })}
      >
        <option value="">{t("everyCategory")}</option>
        {[...known].map((category) => (
          <option key={category} value={category}>
            {plainLine(category)}
          </option>
        ))}
      </NativeSelect>
    </search>
  );
}
