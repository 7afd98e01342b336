import { type AuditAction, auditActions } from "@grata/contract/audit";
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "../../ui/pages/page.module.css";
import { type AuditSearch, readAuditSearch } from "./audit-search.ts";

interface AuditFiltersProps {
  search: AuditSearch;
  onSearch: (search: AuditSearch) => void;
}

/** What happened, and between which days; who and whom are chosen by a click on them in the list. */
export function AuditFilters({ search, onSearch }: AuditFiltersProps) {
  const { t } = useTranslation();
  const change = (filter: Record<string, string>) => onSearch(readAuditSearch({ ...search, ...filter }));
  return (
    <search className={styles.filters}>
      <NativeSelect
        label={t("audit.action")}
        value={search.action ?? ""}
        onChange={(event) => change({ action: event.currentTarget.value })}
      >
        <option value="">{t("audit.everyAction")}</option>
        {auditActions.map((action: AuditAction) => (
          <option key={action} value={action}>
            {t(`audit.actions.${action}`)}
          </option>
        ))}
      </NativeSelect>
      <TextInput
        label={t("audit.from")}
        type="date"
        value={search.from ?? ""}
        onChange={(event) => change({ from: event.currentTarget.value })}
      />
      <TextInput
        label={t("audit.until")}
        type="date"
        value={search.until ?? ""}
        onChange={(event) => change({ until: event.currentTarget.value })}
      />
      {Object.keys(search).length > 0 && (
        <Button variant="default" onClick={() => onSearch({})}>
          {t("audit.clear")}
        </Button>
      )}
    </search>
  );
}
