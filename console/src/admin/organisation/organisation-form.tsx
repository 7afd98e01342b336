import { languages } from "@grata/contract/languages";
import { nameLimit } from "@grata/contract/limits";
import type { OrganisationSettings } from "@grata/contract/organisation";
import { Button, Checkbox, Group, NativeSelect, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import "@mantine/core/styles/InlineInput.layer.css";
import "@mantine/core/styles/Checkbox.layer.css";
import { fieldErrors } from "../../session/field-errors.ts";
import { notify } from "../../ui/notices/notices.ts";
import styles from "../../ui/pages/page.module.css";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { languageNames } from "../../ui/texts/language-names.ts";
import { useLanguage } from "../../ui/texts/use-language.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { TimeZoneSelect } from "../../ui/time/time-zone-select.tsx";
import { absencePeriods, formatPeriod, formatSeconds, inactivityPeriods } from "./periods.ts";
import { saveOrganisation } from "./requests.ts";

/** The settings in a form. What was chosen stays when the server refuses it. */
export function OrganisationForm({ settings }: { settings: OrganisationSettings }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const sentenceOf = useSentence();
  const form = useForm({ initialValues: settings });
  const saving = useMutation({
    mutationFn: saveOrganisation,
    onSuccess(saved) {
      form.setValues(saved);
      notify(t("organisation.saved"));
    },
    onError: (error) => form.setErrors(fieldErrors(error)),
  });
  const { inactivityMinutes } = form.values;
  return (
    <form className={styles.card} noValidate onSubmit={form.onSubmit((values) => saving.mutate(values))}>
      {saving.isError && Object.keys(fieldErrors(saving.error)).length === 0 && (
        <FailureAlert sentence={sentenceOf(saving.error)} />
      )}
      <TextInput
        {...form.getInputProps("name")}
        label={t("fields.organisation")}
        maxLength={nameLimit}
        required
        withAsterisk={false}
      />
      <NativeSelect
        {...form.getInputProps("defaultLanguage")}
        label={t("organisation.language")}
        description={t("organisation.languageHint")}
        data={languages.map((value) => ({ value, label: languageNames[value] }))}
      />
      <TimeZoneSelect
        label={t("settings.timeZone")}
        description={t("organisation.timeZoneHint")}
        error={form.errors.timeZone}
        value={form.values.timeZone}
        onChoose={(timeZone) => timeZone !== null && form.setFieldValue("timeZone", timeZone)}
      />
      <NativeSelect
        label={t("organisation.inactivity")}
        description={t("organisation.inactivityHint")}
        error={form.errors.inactivityMinutes}
        value={inactivityMinutes ?? ""}
        onChange={(event) => {
          const minutes = event.currentTarget.value;
          form.setFieldValue("inactivityMinutes", minutes === "" ? null : Number(minutes));
        }}
      >
        <option value="">{t("organisation.never")}</option>
        {inactivityPeriods(inactivityMinutes).map((minutes) => (
          <option key={minutes} value={minutes}>
            {formatPeriod(minutes, language)}
          </option>
        ))}
      </NativeSelect>
      <NativeSelect
        label={t("organisation.absence")}
        description={t("organisation.absenceHint")}
        error={form.errors.absenceSeconds}
        value={form.values.absenceSeconds}
        onChange={(event) => form.setFieldValue("absenceSeconds", Number(event.currentTarget.value))}
      >
        {absencePeriods(form.values.absenceSeconds).map((seconds) => (
          <option key={seconds} value={seconds}>
            {formatSeconds(seconds, language)}
          </option>
        ))}
      </NativeSelect>
      <Checkbox
        {...form.getInputProps("oneSession", { type: "checkbox" })}
        label={t("organisation.oneSession")}
        description={t("organisation.oneSessionHint")}
      />
      <Checkbox
        {...form.getInputProps("secondFactorRequired", { type: "checkbox" })}
        label={t("organisation.secondFactor")}
        description={t("organisation.secondFactorHint")}
      />
      <Group>
        <Button type="submit" loading={saving.isPending}>
          {t("team.profile.save")}
        </Button>
      </Group>
    </form>
  );
}
