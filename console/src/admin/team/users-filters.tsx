import { languages } from "@grata/contract/languages";
import type { UsersPage } from "@grata/contract/team";
import { NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { languageNames } from "../../texts/language-names.ts";
import { SearchIcon } from "../../theme/icons.ts";
import styles from "../page.module.css";
import { readUsersSearch, roles, statuses, type UsersSearch } from "./users-search.ts";

interface UsersFiltersProps {
  search: UsersSearch;
  /** How many there are in each state; unknown until the first answer. */
  counts: UsersPage["counts"] | undefined;
  onSearch: (search: UsersSearch) => void;
}

/** The search field and the filters above the list. What is typed is looked for when the typing rests. */
export function UsersFilters({ search, counts, onSearch }: UsersFiltersProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState({ text: search.search ?? "", for: search.search });
  // A search that came from elsewhere, such as the button that clears it, is what stands in the field.
  const text = typed.for === search.search ? typed.text : (search.search ?? "");
  const change = (filter: Record<string, string>) => onSearch(readUsersSearch({ ...search, ...filter }));
  const look = useDebouncedCallback((wanted: string) => {
    setTyped({ text: wanted, for: wanted === "" ? undefined : wanted });
    change({ search: wanted });
  }, 250);
  return (
    <search className={styles.filters}>
      <TextInput
        label={t("team.search")}
        type="search"
        leftSection={<SearchIcon size={16} aria-hidden />}
        value={text}
        maxLength={200}
        // Whoever leaves the field for a link must not be called back by a search that comes late.
        onBlur={() => look.flush()}
        onChange={(event) => {
          setTyped({ text: event.currentTarget.value, for: search.search });
          look(event.currentTarget.value);
        }}
      />
      <NativeSelect
        label={t("team.status")}
        value={search.status ?? ""}
        onChange={(event) => change({ status: event.currentTarget.value })}
      >
        <option value="">{t("team.allStatuses")}</option>
        {statuses.map((status) => (
          <option key={status} value={status}>
            {counts === undefined
              ? t(`team.statuses.${status}`)
              : t("team.statusWithCount", { status: t(`team.statuses.${status}`), count: counts[status] })}
          </option>
        ))}
      </NativeSelect>
      <NativeSelect
        label={t("team.role")}
        value={search.role ?? ""}
        onChange={(event) => change({ role: event.currentTarget.value })}
      >
        <option value="">{t("team.allRoles")}</option>
        {roles.map((known) => (
          <option key={known} value={known}>
            {t(`team.roles.${known}`)}
          </option>
        ))}
      </NativeSelect>
      <NativeSelect
        label={t("team.language")}
        value={search.language ?? ""}
        onChange={(event) => change({ language: event.currentTarget.value })}
      >
        <option value="">{t("team.allLanguages")}</option>
        {languages.map((known) => (
          <option key={known} value={known} lang={known}>
            {languageNames[known]}
          </option>
        ))}
      </NativeSelect>
    </search>
  );
}
