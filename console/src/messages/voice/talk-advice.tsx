import type { PushToTalk } from "@grata/client/browser/voice/push-to-talk";
import type { Talk } from "@grata/client/browser/voice/talk";
import { Button, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { talkKeys } from "./shortcut.ts";

/** What to do: after a press that was too short, and where there is no microphone. */
export function TalkAdvice({ state, talk }: { state: Talk; talk: PushToTalk }) {
  const { t } = useTranslation("voice");
  switch (state.kind) {
    case "explaining":
      return (
        <>
          <Text fw={600}>{t("talk.explain.title")}</Text>
          <Text size="sm" mt={4} role="alert">
            {t("talk.explain.hint", { keys: talkKeys })}
          </Text>
          <Group mt="sm">
            <Button size="xs" data-autofocus onClick={talk.beginFree}>
              {t("talk.explain.free")}
            </Button>
          </Group>
        </>
      );
    case "hindered":
      return (
        <>
          <Text fw={600}>{t("talk.hindered.title")}</Text>
          <Text size="sm" mt={4} role="alert">
            {t(`talk.hindered.${state.why}`)}
          </Text>
          <Group mt="sm" gap="xs">
            {state.why !== "insecure" && state.why !== "unsupported" && (
              <Button size="xs" data-autofocus onClick={talk.beginFree}>
                {t("talk.hindered.again")}
              </Button>
            )}
            <Button size="xs" variant="default" onClick={talk.cancel}>
              {t("talk.hindered.close")}
            </Button>
          </Group>
        </>
      );
    case "idle":
    case "opening":
    case "recording":
      return null;
  }
}
