import type { Hindrance } from "@grata/client/browser/voice/microphone";
import { Button, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMicrophonePermission } from "../messages/voice/use-microphone-permission.ts";
import { localTexts } from "../ui/store/browser-storage.ts";
import { TalkIcon } from "../ui/theme/icons.ts";
import { TestStep } from "./test-step.tsx";
import styles from "./welcome-banner.module.css";

/**
 * Says why the browser is about to ask for the microphone, before it asks. Whoever says "not now" is not asked again;
 * whoever refuses is told how to change it. The last question is whether the console is to be tested.
 */
export function MicrophoneStep({ userId }: { userId: string }) {
  const { t } = useTranslation("voice");
  const key = `grata:${userId}:microphone-asked`;
  const [answered, setAnswered] = useState(() => localTexts.read(key) !== null);
  const [hindrance, setHindrance] = useState<Hindrance>();
  const [permission, ask] = useMicrophonePermission();
  const asking = !answered && permission === "prompt";
  if (!asking && hindrance === undefined) return <TestStep userId={userId} />;

  function settle(): void {
    localTexts.write(key, "yes");
    setAnswered(true);
    setHindrance(undefined);
  }

  async function allow(): Promise<void> {
    const hindered = await ask();
    localTexts.write(key, "yes");
    setAnswered(true);
    setHindrance(hindered);
  }

  return (
    <section className={styles.banner} aria-labelledby="microphone">
      <div className={styles.words}>
        <Title order={2} size="h4" id="microphone">
          {t(hindrance ? "talk.hindered.title" : "microphone.title")}
        </Title>
        <Text c="dimmed" role={hindrance && "alert"}>
          {t(hindrance ? `talk.hindered.${hindrance}` : "microphone.why")}
        </Text>
      </div>
      <div className={styles.actions} data-below>
        {hindrance ? (
          <Button variant="default" onClick={settle}>
            {t("talk.hindered.close")}
          </Button>
        ) : (
          <>
            <Button leftSection={<TalkIcon size={16} aria-hidden />} onClick={() => void allow()}>
              {t("microphone.allow")}
            </Button>
            <Button variant="default" onClick={settle}>
              {t("microphone.later")}
            </Button>
          </>
        )}
      </div>
    </section>
  );
}
