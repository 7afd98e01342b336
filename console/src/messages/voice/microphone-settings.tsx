import type { Hindrance } from "@grata/client/browser/voice/microphone";
import { Button, Input, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TalkIcon } from "../../ui/theme/icons.ts";
import { useMicrophonePermission } from "./use-microphone-permission.ts";

/** Whether this browser gives the microphone, and how to change that. */
export function MicrophoneSettings() {
  const { t } = useTranslation("voice");
  const [permission, ask] = useMicrophonePermission();
  const [hindrance, setHindrance] = useState<Hindrance>();
  if (permission === undefined) return null;
  return (
    <Input.Wrapper label={t("microphone.settings")} description={t("microphone.settingsHint")}>
      <Text mt="xs" role="status">
        {hindrance === "no_device" || hindrance === "busy" || hindrance === "failed"
          ? t(`talk.hindered.${hindrance}`)
          : t(`microphone.state.${permission}`)}
      </Text>
      {permission === "prompt" && (
        <Button
          mt="xs"
          variant="default"
          size="xs"
          leftSection={<TalkIcon size={16} aria-hidden />}
          onClick={() => void ask().then(setHindrance)}
        >
          {t("microphone.allow")}
        </Button>
      )}
    </Input.Wrapper>
  );
}
