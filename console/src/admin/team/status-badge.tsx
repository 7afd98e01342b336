import type { TeamUser } from "@grata/contract/team";
import { useTranslation } from "react-i18next";
import { useLive } from "../../live/live-provider.tsx";
import styles from "./status-badge.module.css";
import { invitationExpired } from "./user-actions.ts";

/** In which state an account is, in a word and a colour. */
export function StatusBadge({ user }: { user: TeamUser }) {
  const { t } = useTranslation();
  const { now } = useLive();
  const state = invitationExpired(user, now()) ? "expired" : user.status;
  return (
    <span className={styles.badge} data-state={state}>
      {t(`team.statuses.${state}`)}
    </span>
  );
}
