import { nameLimit } from "@grata/contract/limits";
import type { NewInvitation } from "@grata/contract/team";
import { Button, Group, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { fieldErrors, focusFirstWrong } from "../../session/field-errors.ts";
import { notify } from "../../ui/notices/notices.ts";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { useDefaultLanguage } from "./own-session.ts";
import { invite } from "./requests.ts";
import { RoleAndLanguage } from "./role-and-language.tsx";

/** Name, address, language and role of one new user. What was typed stays when the server refuses it. */
export function AddOneForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const language = useDefaultLanguage();
  const form = useForm<NewInvitation>({ initialValues: { name: "", email: "", role: "agent", language } });
  const inviting = useMutation({
    mutationFn: invite,
    onSuccess({ user }) {
      notify(t("team.form.invited", { name: plainLine(user.name), email: user.email }));
      onDone();
    },
    onError(error) {
      form.setErrors(fieldErrors(error));
      focusFirstWrong(Object.keys(form.values), error);
    },
  });
  return (
    <form noValidate onSubmit={form.onSubmit((values) => inviting.mutate(values))}>
      <Stack>
        {inviting.isError && Object.keys(fieldErrors(inviting.error)).length === 0 && (
          <FailureAlert sentence={sentenceOf(inviting.error)} />
        )}
        <TextInput
          {...form.getInputProps("name")}
          label={t("team.name")}
          name="name"
          maxLength={nameLimit}
          autoComplete="off"
          required
          withAsterisk={false}
          data-autofocus
        />
        <TextInput
          {...form.getInputProps("email")}
          label={t("fields.email")}
          name="email"
          type="email"
          autoComplete="off"
          required
          withAsterisk={false}
        />
        <RoleAndLanguage
          role={form.getInputProps("role")}
          language={form.getInputProps("language")}
          chosen={form.values.role}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onDone}>
            {t("cancel")}
          </Button>
          <Button type="submit" loading={inviting.isPending}>
            {t("team.form.send")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
