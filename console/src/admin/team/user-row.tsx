import type { TeamUser } from "@grata/contract/team";
import { Link } from "@tanstack/react-router";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../../live/live-provider.tsx";
import { PresenceBadge } from "../../presence/presence-badge.tsx";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { languageNames } from "../../ui/texts/language-names.ts";
import { formatAgo, formatInstant } from "../../ui/time/formats.ts";
import { useLocale } from "../../ui/time/use-locale.ts";
import { StatusBadge } from "./status-badge.tsx";
import { actionsFor } from "./user-actions.ts";
import styles from "./users-table.module.css";
import { WrenchMenu } from "./wrench-menu.tsx";

/** One user of the list. */
export const UserRow = memo(function UserRow({ user, me }: { user: TeamUser; me: string }) {
  const { t } = useTranslation();
  const { now } = useLive();
  const locale = useLocale();
  const { id, name, email, role, language, lastSeenAt, identities } = user;
  return (
    <tr>
      <th scope="row">
        <Link className={styles.name} to="/console/admin/users/$userId" params={{ userId: id }}>
          <bdi>{plainLine(name)}</bdi>
        </Link>
        {id === me && <span className={styles.you}> {t("team.you")}</span>}
        <span className={styles.email}>{email}</span>
      </th>
      <td data-column="status">
        <StatusBadge user={user} />
        <PresenceBadge userId={id} />
      </td>
      <td data-column="role">{t(`team.roles.${role}`)}</td>
      <td data-column="language" lang={language}>
        {languageNames[language]}
      </td>
      <td data-column="lastSeen">
        {lastSeenAt === null ? (
          t("team.never")
        ) : (
          <time dateTime={new Date(lastSeenAt).toISOString()} title={formatInstant(lastSeenAt, locale)}>
            {formatAgo(lastSeenAt, now(), locale.language)}
          </time>
        )}
      </td>
      <td data-column="identities">
        {[...new Set(Object.values(identities).map((identity) => plainLine(identity.name)))].map((shown) => (
          <bdi key={shown} className={styles.identity}>
            {shown}
          </bdi>
        ))}
      </td>
      <td data-column="actions">{actionsFor(user, me).length > 0 && <WrenchMenu user={user} me={me} />}</td>
    </tr>
  );
});
