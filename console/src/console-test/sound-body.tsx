import { Button, Group, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { chimes } from "../notifications/attention/chimes.ts";
import { volume } from "../notifications/attention/volume.ts";
import { useObservable } from "../ui/store/use-observable.ts";
import { SoundIcon } from "../ui/theme/icons.ts";
import { Advice } from "./advice.tsx";

/** Sounds as for a customer who waits, and asks: only a person knows what was heard. */
export function SoundBody({ onHeard }: { onHeard: () => void }) {
  const { t } = useTranslation("consoleTest");
  const [played, setPlayed] = useState(false);
  const [silent, setSilent] = useState(false);
  const state = useObservable(chimes.state);
  const loudness = useObservable(volume);
  const muted = loudness <= 0;
  if (state === "unavailable") return <Advice lines={[t("sound.unavailable")]} />;
  return (
    <>
      <Group gap="xs">
        <Button
          size="xs"
          variant={played ? "default" : "filled"}
          leftSection={<SoundIcon size={16} aria-hidden />}
          onClick={() => {
            chimes.play("waiting", loudness);
            setPlayed(true);
            setSilent(false);
          }}
        >
          {t(played ? "sound.again" : "sound.play")}
        </Button>
      </Group>
      {played && (
        <Group gap="xs" role="group" aria-labelledby="console-test-heard">
          <Text size="sm" id="console-test-heard" role="status">
            {t("sound.question")}
          </Text>
          <Button size="xs" disabled={state !== "ready" || muted} onClick={onHeard}>
            {t("sound.yes")}
          </Button>
          <Button size="xs" variant="default" onClick={() => setSilent(true)}>
            {t("sound.no")}
          </Button>
        </Group>
      )}
      {played && state === "blocked" && <Advice lines={[t("sound.blocked")]} />}
      {muted && <Advice lines={[t("sound.muted")]} />}
      {silent && <Advice lines={[t("sound.tab"), t("sound.computer"), t("sound.output")]} />}
    </>
  );
}
