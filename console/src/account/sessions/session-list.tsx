import type { UserSession } from "@grata/contract/team";
import { Button, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLive } from "../../live/live-provider.tsx";
import { describeBrowser } from "../../ui/describe-browser.ts";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { ComputerIcon, PhoneIcon } from "../../ui/theme/icons.ts";
import { formatAgo, formatMoment } from "../../ui/time/formats.ts";
import { useLocale } from "../../ui/time/use-locale.ts";
import styles from "./session-list.module.css";

interface SessionListProps {
  sessions: readonly UserSession[];
  /** Ends one of them; left out where only all can be ended. */
  onEnd?: (session: UserSession) => void;
}

/** Signed-in browsers: which, from where, since when. */
export function SessionList({ sessions, onEnd }: SessionListProps) {
  const { t } = useTranslation();
  const { now } = useLive();
  const locale = useLocale();
  return (
    <ul className={styles.list}>
      {sessions.map((session) => {
        const DeviceIcon = session.device === "phone" ? PhoneIcon : ComputerIcon;
        return (
          <li key={session.id} className={styles.session}>
            <DeviceIcon size={22} aria-label={t(`sessions.${session.device}`)} />
            <div className={styles.words}>
              <Text fw={600}>
                {nameOf(session)}
                {session.current && <span className={styles.current}>{t("sessions.current")}</span>}
              </Text>
              <Text size="sm" c="dimmed">
                {session.address !== "" && <bdi className={styles.address}>{session.address}</bdi>}
                {t("sessions.began", { time: formatMoment(session.createdAt, now(), locale) })}
              </Text>
              <Text size="sm" c="dimmed">
                {t("sessions.seen", { time: formatAgo(session.lastSeenAt, now(), locale.language) })}
              </Text>
            </div>
            {onEnd !== undefined && !session.current && (
              <Button
                variant="default"
                size="xs"
                aria-label={t("sessions.endOf", { browser: nameOf(session) })}
                onClick={() => onEnd(session)}
              >
                {t("sessions.end")}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );

  function nameOf({ userAgent }: UserSession): string {
    const { browser, system } = describeBrowser(userAgent);
    if (browser === null) return plainLine(userAgent).slice(0, 60) || t("sessions.unknown");
    return system === null ? browser : t("sessions.browserOn", { browser, system });
  }
}
