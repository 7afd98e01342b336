import { Button, Text, Title } from "@mantine/core";
import { Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { voiceTexts } from "../messages/voice/voice-texts.ts";
import { usePopUpPermission } from "../notifications/attention/use-pop-up-permission.ts";
import { latePart } from "../ui/late/late-part.tsx";
import { localTexts } from "../ui/store/browser-storage.ts";
import { PopUpIcon } from "../ui/theme/icons.ts";
import styles from "./welcome-banner.module.css";

const MicrophoneStep = latePart(async () => (await import("./microphone-step.tsx")).MicrophoneStep, {
  place: "nothing",
  texts: [voiceTexts],
  ahead: true,
});

/**
 * Says why the browser is about to ask for pop-ups, before it asks, and then the same of the microphone. Whoever says
 * "not now" is not asked again.
 */
export function PermissionStep({ userId }: { userId: string }) {
  const { t } = useTranslation();
  const key = `grata:${userId}:pop-ups-asked`;
  const [answered, setAnswered] = useState(() => localTexts.read(key) !== null);
  const [permission, ask] = usePopUpPermission();
  // One question after the other.
  if (answered || permission !== "default") {
    return (
      <Suspense>
        <MicrophoneStep userId={userId} />
      </Suspense>
    );
  }

  function settle(): void {
    localTexts.write(key, "yes");
    setAnswered(true);
  }

  return (
    <section className={styles.banner} aria-labelledby="pop-ups">
      <div className={styles.words}>
        <Title order={2} size="h4" id="pop-ups">
          {t("attention.step.title")}
        </Title>
        <Text c="dimmed">{t("attention.step.hint")}</Text>
      </div>
      <div className={styles.actions} data-below>
        <Button leftSection={<PopUpIcon size={16} aria-hidden />} onClick={() => void ask().then(settle)}>
          {t("attention.step.allow")}
        </Button>
        <Button variant="default" onClick={settle}>
          {t("attention.step.later")}
        </Button>
      </div>
    </section>
  );
}
