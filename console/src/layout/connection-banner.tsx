import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../live/live-provider.tsx";
import { useLineReport } from "../live/use-line-report.ts";
import styles from "./connection-banner.module.css";

/** Says what a broken connection means for the agent, and offers what helps. Nothing while all is well. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const live = useLive();
  const { state, failure } = useLineReport();
  switch (state) {
    case "connecting":
    case "open":
    case "ended":
      return null;
    case "lost":
      return (
        <Banner sentence={t("connection.lostHint")}>
          <Button size="compact-sm" variant="default" onClick={live.reconnect}>
            {t("connection.retry")}
          </Button>
        </Banner>
      );
    case "refused":
      return (
        <Banner sentence={failure?.message ?? t("failures.unreachable")}>
          <Button size="compact-sm" variant="default" onClick={live.reconnect}>
            {t("retry")}
          </Button>
        </Banner>
      );
    case "reload_required":
      return (
        <Banner sentence={t("connection.reloadHint")}>
          <Button size="compact-sm" onClick={() => window.location.reload()}>
            {t("connection.reload")}
          </Button>
        </Banner>
      );
    default:
      return state satisfies never;
  }
}

function Banner({ sentence, children }: { sentence: string; children: ReactNode }) {
  return (
    <div className={styles.banner} role="alert">
      <span>{sentence}</span>
      {children}
    </div>
  );
}
