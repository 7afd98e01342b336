import type { LogSnapshot } from "@grata/client/conversation-log";
import type { TeamEntry } from "@grata/contract/entries";
import { Button, Loader, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "./earlier.module.css";

/** In pixels, and always the same, whatever it holds: the list below counts with it. */
export const earlierHeight = 40;

interface EarlierProps {
  older: LogSnapshot<TeamEntry>["older"];
  onRetry: () => void;
}

/** What stands above the first message: where the chat began, or that more is on its way. */
export function Earlier({ older, onRetry }: EarlierProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.earlier} style={{ height: earlierHeight }}>
      {content()}
    </div>
  );

  function content() {
    switch (older) {
      case "none":
        return (
          <Text size="xs" c="dimmed">
            {t("messages.beginning")}
          </Text>
        );
      case "more":
        return null;
      case "loading":
        return <Loader size="xs" aria-label={t("messages.loadingOlder")} />;
      case "failed":
        return (
          <Text size="sm" role="alert">
            {t("messages.olderFailed")}{" "}
            <Button size="compact-sm" variant="default" onClick={onRetry}>
              {t("retry")}
            </Button>
          </Text>
        );
    }
  }
}
