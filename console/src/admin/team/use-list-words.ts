import { type Language, languages } from "@grata/contract/languages";
import type { Role } from "@grata/contract/team";
import { useTranslation } from "react-i18next";
import { languageNames } from "../../ui/texts/language-names.ts";
import type { ListWords } from "./parse-people.ts";
import { roles as knownRoles } from "./users-search.ts";

/** By which words a list may name roles and languages: our short ones, and those that the reader sees on screen. */
export function useListWords(): ListWords<Role, Language> {
  const { t } = useTranslation();
  return {
    roles: new Map(
      knownRoles.flatMap((known) => [
        [known, known],
        [t(`team.roles.${known}`).toLowerCase(), known],
      ]),
    ),
    languages: new Map(
      languages.flatMap((known) => [
        [known.toLowerCase(), known],
        [languageNames[known].toLowerCase(), known],
      ]),
    ),
  };
}
