import { useTranslation } from "react-i18next";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import { NoPasskeyUsed } from "./passkeys.ts";

/** What went wrong with a passkey or a code, in a sentence. */
export function useFactorSentence(): (error: unknown) => string {
  const { t } = useTranslation();
  const sentenceOf = useSentence();
  return (error) => (error instanceof NoPasskeyUsed ? t("factors.keys.cancelled") : sentenceOf(error));
}
