import { useTranslation } from "react-i18next";
import { useLive } from "../live/live-provider.tsx";
import { useObservable } from "../ui/store/use-observable.ts";
import styles from "./presence-badge.module.css";
import { PresenceMark } from "./presence-mark.tsx";
import { teamOf } from "./team.ts";

/** Whether this user is there now; nothing for whoever cannot be, such as somebody who is only invited. */
export function PresenceBadge({ userId }: { userId: string }) {
  const { t } = useTranslation();
  const presence = useObservable(teamOf(useLive())).users.get(userId)?.presence;
  return (
    presence !== undefined && (
      <span className={styles.badge}>
        <PresenceMark presence={presence} />
        {t(`presence.states.${presence}`)}
      </span>
    )
  );
}
