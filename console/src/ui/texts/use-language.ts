import type { Language } from "@grata/contract/languages";
import { useTranslation } from "react-i18next";
import { currentLanguage } from "./texts.ts";

/** The language on screen; the component renders again when the reader switches. */
export function useLanguage(): Language {
  useTranslation();
  return currentLanguage();
}
