import { Alert, Stack, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { plainLine } from "../ui/safe-text/plain-line.ts";
import { DoneIcon, WarningIcon } from "../ui/theme/icons.ts";
import type { ImportReport } from "./import-lines.ts";
import styles from "./manager.module.css";

/** More lines than this nobody reads here; the file has them all. */
const SHOWN = 200;

interface ImportReportViewProps {
  report: ImportReport;
  /** How far it is; null when it is over. */
  progress: string | null;
}

/** What became of a file: how much was taken, and each line that was not, with the reason. */
export function ImportReportView({ report, progress }: ImportReportViewProps) {
  const { t } = useTranslation("quickReplies");
  const { created, replaced, unchanged, refused } = report;
  const taken = [
    ...(created > 0 ? [t("importing.created", { count: created })] : []),
    ...(replaced > 0 ? [t("importing.replaced", { count: replaced })] : []),
    ...(unchanged > 0 ? [t("importing.unchanged", { count: unchanged })] : []),
  ];
  return (
    <Stack gap="sm">
      {progress !== null && (
        <Text size="sm" c="dimmed">
          {progress}
        </Text>
      )}
      <Stack gap="sm" role="status">
        {taken.length > 0 && (
          <Alert variant="light" color="green" icon={<DoneIcon aria-hidden />}>
            {taken.map((sentence) => (
              <div key={sentence}>{sentence}</div>
            ))}
          </Alert>
        )}
        {refused.length > 0 && progress === null && (
          <Alert variant="light" color="red" icon={<WarningIcon aria-hidden />}>
            {t("importing.refused", { count: refused.length })}
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: Who has no mouse scrolls it by its focus. */}
            <ul className={styles.lines} tabIndex={0}>
              {refused.slice(0, SHOWN).map(({ line, name, reason }) => (
                <li key={line}>
                  {t("importing.line", { line })}
                  {name.trim() !== "" && " "}
                  <bdi>{plainLine(name).slice(0, 120)}</bdi>: {reason}
                </li>
              ))}
              {refused.length > SHOWN && <li>{t("importing.more", { count: refused.length - SHOWN })}</li>}
            </ul>
          </Alert>
        )}
      </Stack>
    </Stack>
  );
}
