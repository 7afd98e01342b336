import { Button, Input } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { TestIcon } from "../ui/theme/icons.ts";
import { openTest } from "./dock.ts";
import { PassedLine } from "./passed-line.tsx";

/** Among one's own settings: when this browser passed the test, and the test. */
export function TestSettings({ userId }: { userId: string }) {
  const { t } = useTranslation();
  return (
    <Input.Wrapper label={t("consoleTest.title")} description={t("consoleTest.why")} labelElement="div">
      <PassedLine userId={userId} />
      <Button
        mt="xs"
        variant="default"
        size="xs"
        leftSection={<TestIcon size={16} aria-hidden />}
        onClick={openTest}
      >
        {t("consoleTest.start")}
      </Button>
    </Input.Wrapper>
  );
}
