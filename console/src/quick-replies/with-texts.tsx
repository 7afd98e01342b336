import type { Language } from "@grata/contract/languages";
import { Loader } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import i18next from "i18next";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { FailureAlert } from "../layout/failure-alert.tsx";
import { useLanguage } from "../texts/use-language.ts";

const books: Record<Language, () => Promise<{ default: object }>> = {
  en: () => import("../texts/quick-replies.en.json"),
  "zh-Hans": () => import("../texts/quick-replies.zh-Hans.json"),
  "zh-Hant": () => import("../texts/quick-replies.zh-Hant.json"),
};

/** Shows what needs the texts about quick replies once they are here: they are fetched when somebody reads them. */
export function WithTexts({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const book = useQuery({
    queryKey: ["quick-replies-texts", language],
    async queryFn() {
      i18next.addResourceBundle(language, "quickReplies", (await books[language]()).default);
      return language;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (book.isError) {
    return <FailureAlert sentence={t("failures.unreachable")} onRetry={() => void book.refetch()} />;
  }
  return book.isSuccess ? children : <Loader aria-label={t("loading")} />;
}
