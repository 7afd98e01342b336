import { Alert, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { DoneIcon, WarningIcon } from "../../ui/theme/icons.ts";
import type { LineReport } from "./invite-lines.ts";
import styles from "./line-reports.module.css";

/** What became of the lines of a list: those that need something first. */
export function LineReports({ reports }: { reports: readonly LineReport[] }) {
  const { t } = useTranslation();
  const refused = reports.filter((report) => report.refused !== null);
  const invited = reports.length - refused.length;
  return (
    <Stack gap="sm" role="status">
      {invited > 0 && (
        <Alert variant="light" color="green" icon={<DoneIcon aria-hidden />}>
          {t("team.form.reportDone", { count: invited })}
        </Alert>
      )}
      {refused.length > 0 && (
        <Alert variant="light" color="red" icon={<WarningIcon aria-hidden />}>
          {t("team.form.reportFailed", { count: refused.length })}
          <ul className={styles.lines}>
            {refused.map(({ person, refused: reason }) => (
              <li key={person.line}>
                {t("team.form.line", { line: person.line })}{" "}
                <bdi>{plainLine([person.name, person.email].filter(Boolean).join(", "))}</bdi>: {reason}
              </li>
            ))}
          </ul>
        </Alert>
      )}
    </Stack>
  );
}
