import type { Language } from "@grata/contract/languages";
import { useTranslation } from "react-i18next";
import { notify } from "../notices/notices.ts";
import { switchLanguage } from "./texts.ts";

/** Switches the language of the pages before sign-in; texts that cannot be fetched leave the page as it is, and say so. */
export function useSwitchLanguage(): (wanted: Language) => void {
  const { t } = useTranslation();
  return (wanted) => {
    switchLanguage(wanted).catch(() => notify(t("failures.unreachable")));
  };
}
