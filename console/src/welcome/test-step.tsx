import { Button, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { dock, openTest } from "../console-test/dock.ts";
import { readPassed } from "../console-test/passed.ts";
import { localTexts } from "../ui/store/browser-storage.ts";
import { useObservable } from "../ui/store/use-observable.ts";
import { TestIcon } from "../ui/theme/icons.ts";
import styles from "./welcome-banner.module.css";

/** Offers the test to whoever is new in this browser. Once begun or put off it is in the menu under their name. */
export function TestStep({ userId }: { userId: string }) {
  const { t } = useTranslation();
  const key = `grata:${userId}:console-test-offered`;
  const [answered, setAnswered] = useState(
    () => localTexts.read(key) !== null || readPassed(userId) !== null,
  );
  const place = useObservable(dock);
  if (answered || place !== "away") return null;

  function settle(): void {
    localTexts.write(key, "yes");
    setAnswered(true);
  }

  return (
    <section className={styles.banner} aria-labelledby="console-test-offer">
      <div className={styles.words}>
        <Title order={2} size="h4" id="console-test-offer">
          {t("consoleTest.offer")}
        </Title>
        <Text c="dimmed">{t("consoleTest.why")}</Text>
      </div>
      <div className={styles.actions} data-below>
        <Button
          leftSection={<TestIcon size={16} aria-hidden />}
          onClick={() => {
            settle();
            openTest();
          }}
        >
          {t("consoleTest.title")}
        </Button>
        <Button variant="default" onClick={settle}>
          {t("consoleTest.later")}
        </Button>
      </div>
    </section>
  );
}
