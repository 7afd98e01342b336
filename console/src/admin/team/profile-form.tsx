import { languages } from "@grata/contract/languages";
import { nameLimit } from "@grata/contract/limits";
import type { TeamUser, UserChanges } from "@grata/contract/team";
import { Button, Group, Input, NativeSelect, Text, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { fieldErrors } from "../../session/field-errors.ts";
import { notify } from "../../ui/notices/notices.ts";
import styles from "../../ui/pages/page.module.css";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { languageNames } from "../../ui/texts/language-names.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { changeUser } from "./requests.ts";
import { roles } from "./users-search.ts";

/** What an admin may change of a user. The language is theirs once they are in: until then it is the invitation's. */
export function ProfileForm({ user }: { user: TeamUser }) {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  const invited = user.status === "invited";
  const form = useForm({ initialValues: { name: user.name, role: user.role, language: user.language } });
  const saving = useMutation({
    mutationFn: (changes: UserChanges) => changeUser(user.id, changes),
    onSuccess: () => notify(t("team.profile.saved")),
    onError: (error) => form.setErrors(fieldErrors(error)),
  });
  return (
    <form
      className={styles.card}
      noValidate
      onSubmit={form.onSubmit(({ language, ...changes }) =>
        saving.mutate(invited ? { ...changes, language } : changes),
      )}
    >
      <Title order={2} size="h4">
        {t("team.profile.settings")}
      </Title>
      {saving.isError && Object.keys(fieldErrors(saving.error)).length === 0 && (
        <FailureAlert sentence={sentenceOf(saving.error)} />
      )}
      <TextInput
        {...form.getInputProps("name")}
        label={t("team.name")}
        maxLength={nameLimit}
        required
        withAsterisk={false}
      />
      <NativeSelect
        {...form.getInputProps("role")}
        label={t("team.role")}
        description={t(`team.roleHints.${form.values.role}`)}
        data={roles.map((value) => ({ value, label: t(`team.roles.${value}`) }))}
      />
      {invited ? (
        <NativeSelect
          {...form.getInputProps("language")}
          label={t("team.form.language")}
          data={languages.map((value) => ({ value, label: languageNames[value] }))}
        />
      ) : (
        <Input.Wrapper
          label={t("team.language")}
          description={t("team.profile.languageHint")}
          labelElement="div"
        >
          <Text lang={user.language}>{languageNames[user.language]}</Text>
        </Input.Wrapper>
      )}
      <Group>
        <Button type="submit" loading={saving.isPending}>
          {t("team.profile.save")}
        </Button>
      </Group>
    </form>
  );
}
