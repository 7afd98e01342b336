import { NativeSelect, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "../ui/pages/page.module.css";
import { useTypedSearch } from "../ui/parts/use-typed-search.ts";
import { plainLine } from "../ui/safe-text/plain-line.ts";
import { SearchIcon } from "../ui/theme/icons.ts";
import { type QuickRepliesSearch, readQuickRepliesSearch } from "./quick-replies-search.ts";

interface FiltersProps {
  search: QuickRepliesSearch;
  categories: readonly string[];
  onSearch: (search: QuickRepliesSearch) => void;
}

/** The search field and the category above a list. What is typed is looked for when the typing rests. */
export function Filters({ search, categories, onSearch }: FiltersProps) {
  const { t } = useTranslation("quickReplies");
  const change = (filter: Record<string, string>) =>
    onSearch(readQuickRepliesSearch({ ...search, ...filter }));
  const words = useTypedSearch(search.search ?? "", (wanted) => change({ search: wanted }));
  // One that was in an address may have no quick reply any more.
  const known = new Set([...categories, ...(search.category === undefined ? [] : [search.category])]);
  return (
    <search className={styles.filters}>
      <TextInput
        label={t("search")}
        type="search"
        leftSection={<SearchIcon size={16} aria-hidden />}
        value={words.text}
        maxLength={120}
        onBlur={words.leave}
        onChange={(event) => words.type(event.currentTarget.value)}
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
