import { Button, Group, Input, Slider, Text } from "@mantine/core";
import { Suspense } from "react";
import { useTranslation } from "react-i18next";
import "@mantine/core/styles/Slider.layer.css";
import { MicrophoneSettings } from "../messages/voice/lazy.ts";
import { chimes } from "../notifications/attention/chimes.ts";
import { usePopUpPermission } from "../notifications/attention/use-pop-up-permission.ts";
import { setVolume, volume } from "../notifications/attention/volume.ts";
import { latePart } from "../ui/late/late-part.tsx";
import { useObservable } from "../ui/store/use-observable.ts";
import { partTexts } from "../ui/texts/texts.ts";
import { PopUpIcon, SoundIcon } from "../ui/theme/icons.ts";

const pushTexts = partTexts("push", {
  en: () => import("../ui/texts/push.en.json"),
  "zh-Hans": () => import("../ui/texts/push.zh-Hans.json"),
  "zh-Hant": () => import("../ui/texts/push.zh-Hant.json"),
});

const PushSettings = latePart(
  async () => (await import("../notifications/push/push-settings.tsx")).PushSettings,
  {
    place: "section",
    texts: [pushTexts],
    ahead: true,
  },
);

const sounds = ["waiting", "message"] as const;

/** How this browser calls its user: how loud, and whether by pop-ups. Both can be tried at once. */
export function AttentionSettings({ userId }: { userId: string }) {
  const { t } = useTranslation();
  const loudness = useObservable(volume);
  const sound = useObservable(chimes.state);
  const [permission, ask] = usePopUpPermission();
  return (
    <>
      <Input.Wrapper
        label={t("settings.volume")}
        description={t(sound === "unavailable" ? "settings.noSound" : "settings.volumeHint")}
      >
        <Slider
          mt="sm"
          min={0}
          max={100}
          step={5}
          value={Math.round(loudness * 100)}
          label={(percent) => t("settings.percent", { share: percent / 100 })}
          thumbLabel={t("settings.volume")}
          onChange={(percent) => setVolume(percent / 100)}
        />
        <Group gap="xs" mt="sm">
          {sounds.map((chime) => (
            <Button
              key={chime}
              variant="default"
              size="xs"
              leftSection={<SoundIcon size={16} aria-hidden />}
              onClick={() => chimes.play(chime, loudness)}
            >
              {t(`settings.hear.${chime}`)}
            </Button>
          ))}
        </Group>
      </Input.Wrapper>
      <Input.Wrapper label={t("settings.popUps")} description={t("settings.popUpsHint")}>
        <Text mt="xs" role="status">
          {t(`settings.permission.${permission}`)}
        </Text>
        {permission === "default" && (
          <Button
            mt="xs"
            variant="default"
            size="xs"
            leftSection={<PopUpIcon size={16} aria-hidden />}
            onClick={() => void ask()}
          >
            {t("attention.step.allow")}
          </Button>
        )}
      </Input.Wrapper>
      <Suspense>
        <PushSettings userId={userId} />
        <MicrophoneSettings />
      </Suspense>
    </>
  );
}
