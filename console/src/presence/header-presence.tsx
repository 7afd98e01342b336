import { UnstyledButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { PauseIcon } from "../ui/theme/icons.ts";
import styles from "./header-presence.module.css";
import { TeamButton } from "./team-button.tsx";
import { useOwnPause } from "./use-own-pause.ts";

/** In the bar: that the user pauses, which must not be forgotten, and who of the team is there. */
export function HeaderPresence({ userId }: { userId: string }) {
  const { t } = useTranslation();
  const { paused, pending, toggle } = useOwnPause();
  return (
    <>
      {paused && (
        <UnstyledButton
          className={styles.paused}
          title={t("presence.pausedHint")}
          aria-label={`${t("presence.pausedSign")}. ${t("presence.resume")}`}
          disabled={pending}
          onClick={toggle}
        >
          <PauseIcon size={16} aria-hidden />
          <span className={styles.word}>{t("presence.pausedSign")}</span>
        </UnstyledButton>
      )}
      <TeamButton userId={userId} />
    </>
  );
}
