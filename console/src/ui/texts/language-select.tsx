import { languages } from "@grata/contract/languages";
import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { LanguageIcon } from "../theme/icons.ts";
import { languageNames } from "./language-names.ts";
import { useLanguage } from "./use-language.ts";
import { useSwitchLanguage } from "./use-switch-language.ts";

/** The language switch of the pages before sign-in. */
export function LanguageSelect() {
  const { t } = useTranslation();
  const current = useLanguage();
  const switchLanguage = useSwitchLanguage();
  return (
    <NativeSelect
      aria-label={t("language.label")}
      value={current}
      leftSection={<LanguageIcon size={18} aria-hidden />}
      onChange={(event) => {
        const wanted = languages.find((known) => known === event.currentTarget.value);
        if (wanted !== undefined) {
          switchLanguage(wanted);
        }
      }}
    >
      {languages.map((known) => (
        <option key={known} value={known} lang={known}>
          {languageNames[known]}
        </option>
      ))}
    </NativeSelect>
  );
}
