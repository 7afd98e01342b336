import { wechatNameLimit } from "@grata/contract/agent-identities";
import { languages } from "@grata/contract/languages";
import { nameLimit } from "@grata/contract/limits";
import { Text, TextInput } from "@mantine/core";
import type { UseFormReturnType } from "@mantine/form";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { languageNames } from "../../ui/texts/language-names.ts";
import type { IdentityValues } from "./form-values.ts";
import styles from "./identities.module.css";

/** Fields for the name: on WeChat one short name, else a name and a second line for each language. */
export function NamesFields({ form }: { form: UseFormReturnType<IdentityValues> }) {
  const { t } = useTranslation("identities");
  const wrongId = useId();
  if (form.values.world === "wechat") {
    return (
      <TextInput
        {...form.getInputProps("name")}
        label={t("name")}
        description={t("wechatHint")}
        name="name"
        // A character outside of the basic plane counts as two here, and as one there.
        maxLength={wechatNameLimit * 2}
        autoComplete="off"
      />
    );
  }
  const wrong = form.errors.names;
  return (
    <fieldset className={styles.names} aria-describedby={wrong ? wrongId : undefined}>
      <legend className={styles.legend}>{t("names")}</legend>
      <Text size="sm" c="dimmed">
        {t("namesHint")}
      </Text>
      {wrong && (
        <p className={styles.wrong} id={wrongId} role="alert">
          {wrong}
        </p>
      )}
      {languages.map((language) => (
        <div key={language} className={styles.language}>
          {(["name", "line"] as const).map((part) => (
            <TextInput
              key={part}
              {...form.getInputProps(`names.${language}.${part}`)}
              name={`names.${language}.${part}`}
              label={t(`${part}In`, { language: languageNames[language] })}
              lang={language}
              dir="auto"
              maxLength={nameLimit}
              autoComplete="off"
            />
          ))}
        </div>
      ))}
    </fieldset>
  );
}
