import type { SignedInUser } from "@grata/contract/http";
import type { SecondStep } from "@grata/contract/second-factor";
import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { SubmitEvent } from "react";
import { useTranslation } from "react-i18next";
import { PasswordField } from "../../session/password-field.tsx";
import { signIn } from "../../session/session-requests.ts";
import { EntranceLink } from "../../ui/entrance/entrance-link.tsx";
import { useLook } from "../../ui/entrance/look.ts";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { useSentence } from "../../ui/texts/use-sentence.ts";

interface SignInFormProps {
  onSignedIn: (session: SignedInUser) => Promise<void>;
  onStepOwed: (steps: readonly SecondStep[]) => void;
}

/** Asks for address and password. What was typed stays when the server refuses it. */
export function SignInForm({ onSignedIn, onStepOwed }: SignInFormProps) {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const slug = useLook()?.slug ?? null;
  const attempt = useMutation({
    mutationFn: signIn,
    onSuccess: (answer) => ("user" in answer ? onSignedIn(answer) : onStepOwed(answer.secondSteps)),
  });
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        {attempt.isError && <FailureAlert sentence={sentenceOf(attempt.error)} />}
        <TextInput
          label={t("fields.email")}
          name="email"
          type="email"
          autoComplete="username"
          autoFocus
          required
          withAsterisk={false}
        />
        <PasswordField
          label={t("fields.password")}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
        />
        <Button type="submit" fullWidth loading={attempt.isPending}>
          {t("signIn.submit")}
        </Button>
        <Group gap="xs">
          <Text c="dimmed" size="sm">
            {t("recover.forgot")}
          </Text>
          <EntranceLink to="recover" size="sm">
            {t("recover.link")}
          </EntranceLink>
        </Group>
      </Stack>
    </form>
  );

  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    attempt.mutate({
      email: String(fields.get("email")),
      password: String(fields.get("password")),
      ...(slug !== null && { slug }),
    });
  }
}
