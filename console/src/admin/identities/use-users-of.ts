import type { AgentIdentity } from "@grata/contract/agent-identities";
import { useTranslation } from "react-i18next";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { useLanguage } from "../../ui/texts/use-language.ts";

/** Names those who use an identity, in one line: the first of them, and how many more. */
export function useUsersOf(): (identity: AgentIdentity, most?: number) => string {
  const { t } = useTranslation("identities");
  const language = useLanguage();
  return ({ users, userCount }, most = 10) => {
    const named = users.slice(0, most).map(({ name }) => plainLine(name));
    const rest = userCount - named.length;
    return new Intl.ListFormat(language).format(rest > 0 ? [...named, t("more", { count: rest })] : named);
  };
}
