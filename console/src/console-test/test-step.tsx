import { Button, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useObservable } from "../live/use-observable.ts";
import { localTexts } from "../storage/browser-storage.ts";
import { TestIcon } from "../theme/icons.ts";
import styles from "../welcome/welcome-banner.module.css";
import { dock, openTest } from "./dock.ts";
import { readPassed } from "./passed.ts";

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
