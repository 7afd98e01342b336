import type { Language } from "@grata/contract/languages";
import { useTranslation } from "react-i18next";
import { notify } from "../ui/notices/notices.ts";
import { switchLanguage } from "../ui/texts/texts.ts";
import { queryClient, sessionQuery } from "./session-query.ts";
import { changeOwnSettings } from "./session-requests.ts";

/** Switches the signed-in user's language: at once on this page, and on the server for every other browser. */
export function useOwnLanguage(): (wanted: Language) => void {
  const { t } = useTranslation();
  return (wanted) => {
    switchLanguage(wanted)
      .then(() => changeOwnSettings({ language: wanted }))
      .then((session) => queryClient.setQueryData(sessionQuery.queryKey, session))
      .catch(() => notify(t("failures.languageNotKept")));
  };
}
