import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useLive } from "../live/live-provider.tsx";
import { describeBrowser } from "../ui/describe-browser.ts";
import { formatMoment } from "../ui/time/formats.ts";
import { useLocale } from "../ui/time/use-locale.ts";
import { readPassed } from "./passed.ts";

/** When the whole test was last passed, and in which browser: each has its own sound, pop-ups and microphone. */
export function PassedLine({ userId }: { userId: string }) {
  const { t } = useTranslation();
  const { now } = useLive();
  const locale = useLocale();
  const at = readPassed(userId);
  const { browser, system } = describeBrowser(navigator.userAgent);
  const named = browser ?? t("sessions.unknown");
  return (
    <Text size="sm" c="dimmed">
      {at === null
        ? t("consoleTest.notPassed")
        : t("consoleTest.passed", {
            browser: system === null ? named : t("sessions.browserOn", { browser: named, system }),
            when: formatMoment(at, now(), locale),
          })}
    </Text>
  );
}
