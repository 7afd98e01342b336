import { RequestFailed } from "@grata/client/failures";
import type { SignedInUser } from "@grata/contract/http";
import type { SecondStep as Step } from "@grata/contract/second-factor";
import { Anchor, Button, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type SubmitEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldErrors } from "../../session/field-errors.ts";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { CodeField } from "./code-field.tsx";
import { signInByCode, signInByPasskey } from "./requests.ts";
import { useFactorSentence } from "./use-factor-sentence.ts";

interface SecondStepProps {
  /** The ways that this user has, the usual first. */
  steps: readonly Step[];
  onSignedIn: (session: SignedInUser) => Promise<void>;
  /** Back to the password, with a sentence when the server sends there. */
  onBack: () => void;
}

/** What is owed after the right password: a code, a passkey, or a recovery code. */
export function SecondStep({ steps, onSignedIn, onBack }: SecondStepProps) {
  const { t } = useTranslation();
  const sentenceOf = useFactorSentence();
  const [step, setStep] = useState<Step>(steps[0] ?? "recovery");
  const attempt = useMutation({
    mutationFn: (code: string | null) =>
      step === "passkey" ? signInByPasskey("second_step") : signInByCode({ step, code: code ?? "" }),
    onSuccess: onSignedIn,
  });
  const wrong = fieldErrors(attempt.error).code;
  const over = attempt.error instanceof RequestFailed && attempt.error.failure.code === "second_step_over";
  return (
    <Stack gap="md">
      <Text c="dimmed">{t(`factors.step.${step}.lead`)}</Text>
      {attempt.isError && wrong === undefined && <FailureAlert sentence={sentenceOf(attempt.error)} />}
      {step === "passkey" ? (
        <Button fullWidth autoFocus loading={attempt.isPending} onClick={() => attempt.mutate(null)}>
          {t("factors.step.passkey.submit")}
        </Button>
      ) : (
        <form key={step} onSubmit={submit} noValidate>
          <Stack gap="md">
            <CodeField
              label={t(`factors.step.${step}.label`)}
              error={wrong}
              autoFocus
              {...(step === "recovery" && { inputMode: "text", autoComplete: "off" })}
            />
            <Button type="submit" fullWidth loading={attempt.isPending}>
              {t("factors.step.submit")}
            </Button>
          </Stack>
        </form>
      )}
      {!over &&
        steps
          .filter((other) => other !== step)
          .map((other) => (
            <Anchor key={other} component="button" type="button" ta="start" onClick={() => choose(other)}>
              {t(`factors.step.${other}.other`)}
            </Anchor>
          ))}
      <Text size="sm" c="dimmed">
        {t("factors.step.lost")}
      </Text>
      <Anchor component="button" type="button" ta="start" onClick={onBack}>
        {t("factors.step.back")}
      </Anchor>
    </Stack>
  );

  function choose(other: Step): void {
    attempt.reset();
    setStep(other);
  }

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    attempt.mutate(String(new FormData(event.currentTarget).get("code")));
  }
}
