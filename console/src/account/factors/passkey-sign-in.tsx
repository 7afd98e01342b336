import type { SignedInUser } from "@grata/contract/http";
import { Button, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { PasswordIcon } from "../../ui/theme/icons.ts";
import { passkeysWork } from "./passkeys.ts";
import { signInByPasskey } from "./requests.ts";
import { useFactorSentence } from "./use-factor-sentence.ts";

/** Signs in without a name or a password, where the browser can. */
export function PasskeySignIn({ onSignedIn }: { onSignedIn: (session: SignedInUser) => Promise<void> }) {
  const { t } = useTranslation();
  const sentenceOf = useFactorSentence();
  const attempt = useMutation({ mutationFn: () => signInByPasskey("alone"), onSuccess: onSignedIn });
  if (!passkeysWork()) return null;
  return (
    <Stack gap="md">
      {attempt.isError && <FailureAlert sentence={sentenceOf(attempt.error)} />}
      <Button
        variant="default"
        fullWidth
        leftSection={<PasswordIcon size={16} aria-hidden />}
        loading={attempt.isPending}
        onClick={() => attempt.mutate()}
      >
        {t("factors.step.alone")}
      </Button>
    </Stack>
  );
}
