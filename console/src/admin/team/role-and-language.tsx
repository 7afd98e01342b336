import { languages } from "@grata/contract/languages";
import type { Role } from "@grata/contract/team";
import { NativeSelect, type NativeSelectProps } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { languageNames } from "../../ui/texts/language-names.ts";
import { roles } from "./users-search.ts";

interface RoleAndLanguageProps {
  role: NativeSelectProps;
  language: NativeSelectProps;
  /** The role that is chosen now: what it may do stands beside it. */
  chosen: Role;
}

/** The two choices for somebody new: what they may do, and in which language they are invited. */
export function RoleAndLanguage({ role, language, chosen }: RoleAndLanguageProps) {
  const { t } = useTranslation();
  return (
    <>
      <NativeSelect
        {...language}
        label={t("team.form.language")}
        description={t("team.form.languageHint")}
        name="language"
        data={languages.map((value) => ({ value, label: languageNames[value] }))}
      />
      <NativeSelect
        {...role}
        label={t("team.role")}
        description={t(`team.roleHints.${chosen}`)}
        name="role"
        data={roles.map((value) => ({
          value,
          label: t(`team.roles.${value}`),
        }))}
      />
    </>
  );
}
