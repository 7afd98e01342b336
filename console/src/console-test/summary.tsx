import { Button, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { PassedLine } from "./passed-line.tsx";
import { steps, type Ticks } from "./steps.ts";
import styles from "./test-panel.module.css";

interface SummaryProps {
  ticks: Ticks;
  userId: string;
  onAgain: () => void;
}

/** The end of the test: what it showed, and the way to do it once more. */
export function Summary({ ticks, userId, onAgain }: SummaryProps) {
  const { t } = useTranslation("consoleTest");
  const skipped = steps.filter((step) => ticks[step] === "skipped");
  return (
    <section className={styles.summary} aria-labelledby="console-test-over">
      <Title order={3} size="h5" id="console-test-over">
        {t(skipped.length === 0 ? "passed.title" : "partly.title")}
      </Title>
      <Text size="sm">
        {skipped.length === 0
          ? t("passed.hint")
          : t("partly.hint", { steps: skipped.map((step) => t(`step.${step}`)).join(t("and")) })}
      </Text>
      <PassedLine userId={userId} />
      <Button size="xs" onClick={onAgain}>
        {t("again")}
      </Button>
    </section>
  );
}
