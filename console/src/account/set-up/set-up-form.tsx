import type { SignedInUser } from "@grata/contract/http";
import { nameLimit } from "@grata/contract/text";
import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { fieldErrors } from "../../session/field-errors.ts";
import { NewPasswordField } from "../../session/new-password-field.tsx";
import { setUp } from "../../session/session-requests.ts";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { useLanguage } from "../../ui/texts/use-language.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { browserTimeZone } from "../../ui/time/time-zone.ts";

interface SetUpFormProps {
  token: string;
  onSetUp: (session: SignedInUser) => Promise<void>;
}

/** Asks for the organisation and its first admin. What was typed stays when the server refuses it. */
export function SetUpForm({ token, onSetUp }: SetUpFormProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const sentenceOf = useSentence();
  const form = useForm({ initialValues: { organisation: "", name: "", email: "", password: "" } });
  const attempt = useMutation({
    mutationFn: (values: typeof form.values) =>
      setUp({ ...values, token, language, timeZone: browserTimeZone }),
    onSuccess: onSetUp,
    onError: (error) => {
      const errors = fieldErrors(error);
      form.setErrors(errors);
      const first = Object.keys(form.values).find((field) => field in errors);
      document.querySelector<HTMLInputElement>(`[name="${first}"]`)?.focus();
    },
  });
  return (
    <form onSubmit={form.onSubmit((values) => attempt.mutate(values))} noValidate>
      <Stack gap="md">
        <Text c="dimmed">{t("setUp.introduction")}</Text>
        {attempt.isError && Object.keys(fieldErrors(attempt.error)).length === 0 && (
          <FailureAlert sentence={sentenceOf(attempt.error)} />
        )}
        <TextInput
          {...form.getInputProps("organisation")}
          label={t("fields.organisation")}
          name="organisation"
          autoComplete="organization"
          maxLength={nameLimit}
          required
          withAsterisk={false}
        />
        <TextInput
          {...form.getInputProps("name")}
          label={t("fields.yourName")}
          description={t("setUp.nameHint")}
          name="name"
          autoComplete="name"
          maxLength={nameLimit}
          required
          withAsterisk={false}
        />
        <TextInput
          {...form.getInputProps("email")}
          label={t("fields.email")}
          name="email"
          type="email"
          autoComplete="username"
          required
          withAsterisk={false}
        />
        <NewPasswordField {...form.getInputProps("password")} name="password" value={form.values.password} />
        <Button type="submit" fullWidth loading={attempt.isPending}>
          {t("setUp.submit")}
        </Button>
      </Stack>
    </form>
  );
}
