import { languages } from "@grata/contract/languages";
import type { UsersPage } from "@grata/contract/team";
import { NativeSelect, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "../../ui/pages/page.module.css";
import { useTypedSearch } from "../../ui/parts/use-typed-search.ts";
import { languageNames } from "../../ui/texts/language-names.ts";
import { SearchIcon } from "../../ui/theme/icons.ts";
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
  const change = (filter: Record<string, string>) => onSearch(readUsersSearch({ ...search, ...filter }));
  const words = useTypedSearch(search.search ?? "", (wanted) => change({ search: wanted }));
  return (
    <search className={styles.filters}>
      <TextInput
        label={t("team.search")}
        type="search"
        leftSection={<SearchIcon size={16} aria-hidden />}
        value={words.text}
        maxLength={200}
        onBlur={words.leave}
        onChange={(event) => words.type(event.currentTarget.value)}
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
