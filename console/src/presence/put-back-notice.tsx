import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLive } from "../live/live-provider.tsx";
import { useObservable } from "../ui/store/use-observable.ts";
import { ownPauseOf } from "./own-pause.ts";
import styles from "./put-back-notice.module.css";

/** Says how many chats went back to the wait list while the user was gone, until they have read it. */
export function PutBackNotice() {
  const { t } = useTranslation();
  const own = ownPauseOf(useLive());
  const count = useObservable(own.putBack);
  return (
    // It stays, so that screen readers hear what comes into it.
    <div role="status">
      {count > 0 && (
        <div className={styles.notice}>
          <span>{t("presence.putBack", { count })}</span>
          <Button size="compact-sm" variant="default" onClick={own.noted}>
            {t("presence.putBackRead")}
          </Button>
        </div>
      )}
    </div>
  );
}
