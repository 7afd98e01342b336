import { type Language, languages } from "@grata/contract/languages";
import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { notify } from "../notices/notices.ts";
import { LanguageIcon } from "../theme/icons.ts";
import { languageNames } from "./language-names.ts";
import { switchLanguage } from "./texts.ts";
import { useLanguage } from "./use-language.ts";

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

/** Switches the language of the pages before sign-in; texts that cannot be fetched leave the page as it is, and say so. */
function useSwitchLanguage(): (wanted: Language) => void {
  const { t } = useTranslation();
  return (wanted) => {
    switchLanguage(wanted).catch(() => notify(t("failures.unreachable")));
  };
}
