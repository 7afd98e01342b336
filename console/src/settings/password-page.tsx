import { Button, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { fieldErrors, focusFirstWrong } from "../session/field-errors.ts";
import { NewPasswordField } from "../session/new-password-field.tsx";
import { PasswordField } from "../session/password-field.tsx";
import { sessionQuery } from "../session/session-query.ts";
import { notify } from "../ui/notices/notices.ts";
import { FailureAlert } from "../ui/parts/failure-alert.tsx";
import { useSentence } from "../ui/texts/use-sentence.ts";
import styles from "./own-page.module.css";
import { OwnPage } from "./own-page.tsx";
import { changePassword } from "./requests.ts";

/** Change Password: the current one, and the new one twice. */
export function PasswordPage() {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const email = useQuery(sessionQuery).data?.user.email ?? "";
  const form = useForm({
    initialValues: { current: "", password: "", again: "" },
    validate: {
      again: (again, { password }) => (again === password ? null : t("fields.passwordsDiffer")),
    },
  });
  const changing = useMutation({
    mutationFn: changePassword,
    onSuccess() {
      form.reset();
      notify(t("changePassword.done"));
    },
    onError(error) {
      form.setErrors(fieldErrors(error));
      focusFirstWrong(Object.keys(form.values), error);
    },
  });
  return (
    <OwnPage title={t("changePassword.title")}>
      <form
        className={styles.card}
        noValidate
        onSubmit={form.onSubmit(({ current, password }) => changing.mutate({ current, password }))}
      >
        <Stack gap="md">
          <Text c="dimmed">{t("changePassword.hint")}</Text>
          {changing.isError && Object.keys(fieldErrors(changing.error)).length === 0 && (
            <FailureAlert sentence={sentenceOf(changing.error)} />
          )}
          <input type="email" name="email" autoComplete="username" value={email} readOnly hidden />
          <PasswordField
            {...form.getInputProps("current")}
            label={t("fields.currentPassword")}
            name="current"
            autoComplete="current-password"
            required
            withAsterisk={false}
          />
          <NewPasswordField
            {...form.getInputProps("password")}
            label={t("fields.newPassword")}
            name="password"
            value={form.values.password}
          />
          <PasswordField
            {...form.getInputProps("again")}
            label={t("fields.newPasswordAgain")}
            name="again"
            autoComplete="new-password"
            required
            withAsterisk={false}
          />
          <Button type="submit" w="fit-content" loading={changing.isPending}>
            {t("changePassword.submit")}
          </Button>
        </Stack>
      </form>
    </OwnPage>
  );
}
