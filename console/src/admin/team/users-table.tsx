import type { TeamUser } from "@grata/contract/team";
import { UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { SortedDownIcon, SortedUpIcon } from "../../ui/theme/icons.ts";
import { UserRow } from "./user-row.tsx";
import { type SortKey, sortKeys, type UsersSearch } from "./users-search.ts";
import styles from "./users-table.module.css";

interface UsersTableProps {
  users: readonly TeamUser[];
  /** Whose list it is: their own line offers nothing. */
  me: string;
  search: UsersSearch;
  /** Left out where the order is given. */
  onSort?: (key: SortKey) => void;
}

/** Users, one in each line, with what can be done to them behind the wrench. */
export function UsersTable({ users, me, search, onSort }: UsersTableProps) {
  const { t } = useTranslation();
  const { sort = "name", direction = "ascending" } = search;
  const sorted = (key: SortKey) => onSort !== undefined && sort === key;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          {sortKeys.map((key) => (
            <th key={key} scope="col" data-column={key} {...(sorted(key) && { "aria-sort": direction })}>
              {onSort === undefined ? (
                t(`team.${key}`)
              ) : (
                <UnstyledButton className={styles.sort} onClick={() => onSort(key)}>
                  {t(`team.${key}`)}
                  {sorted(key) &&
                    (direction === "ascending" ? (
                      <SortedUpIcon size={14} aria-hidden />
                    ) : (
                      <SortedDownIcon size={14} aria-hidden />
                    ))}
                </UnstyledButton>
              )}
            </th>
          ))}
          <th scope="col" data-column="identities">
            {t("team.identities")}
          </th>
          <th scope="col" data-column="actions">
            <span className={styles.unseen}>{t("team.actions")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {users.map((user) => (
          <UserRow key={user.id} user={user} me={me} />
        ))}
      </tbody>
    </table>
  );
}
