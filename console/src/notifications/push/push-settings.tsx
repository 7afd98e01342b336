import { Loader, Switch, Text } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import "@mantine/core/styles/Switch.layer.css";
import { RequestFailed } from "@grata/client/failures";
import { ServerUnreachable } from "../../session/http.ts";
import { queryClient } from "../../session/session-query.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { usePopUpPermission } from "../attention/use-pop-up-permission.ts";
import styles from "./push-settings.module.css";
import { canBeReached, isWished, readOwnPush, turnOff, turnOn } from "./subscription.ts";

const queryKey = ["own-push"];

/** In My Settings: whether pop-ups come to this browser while no console is open in it. */
export function PushSettings({ userId }: { userId: string }) {
  const { t } = useTranslation("push");
  const sentenceOf = useSentence();
  const [permission, ask] = usePopUpPermission();
  const possible = canBeReached();
  const { data } = useQuery({
    queryKey,
    queryFn: async () => (await readOwnPush()).subscribed && isWished(userId),
    enabled: possible,
    staleTime: 0,
  });
  const switching = useMutation({
    mutationFn: async (on: boolean) => {
      if (!on) return turnOff(userId);
      if (permission === "default") await ask();
      if (Notification.permission !== "granted") throw new PermissionMissing();
      await turnOn(userId);
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey }),
  });
  const on = switching.isPending ? switching.variables : data === true && permission === "granted";

  return (
    <div>
      <Switch
        classNames={{ track: styles.track }}
        label={t("label")}
        description={t(possible ? "hint" : "impossible")}
        checked={on}
        disabled={!possible}
        aria-busy={switching.isPending}
        onChange={(event) => {
          if (!switching.isPending) switching.mutate(event.currentTarget.checked);
        }}
      />
      {switching.isPending && <Loader size="xs" mt="xs" aria-hidden />}
      {switching.isError && (
        <Text mt="xs" size="sm" c="var(--mantine-color-error)" role="alert">
          {wordsOf(switching.error)}
        </Text>
      )}
    </div>
  );

  function wordsOf(error: unknown): string {
    if (error instanceof RequestFailed || error instanceof ServerUnreachable) return sentenceOf(error);
    return t(error instanceof PermissionMissing ? "refused" : "noService");
  }
}

/** The user, or the browser for them, did not allow pop-ups. */
class PermissionMissing extends Error {
  override readonly name = "PermissionMissing";
}
