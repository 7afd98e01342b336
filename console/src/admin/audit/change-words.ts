import type { AuditEntry } from "@grata/contract/audit";
import { language } from "@grata/contract/languages";
import { role } from "@grata/contract/team";
import type { TFunction } from "i18next";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { languageNames } from "../../ui/texts/language-names.ts";

type Change = AuditEntry["changes"][string];

/** One change of an entry in the reader's words. A field that these texts do not know keeps its own name. */
export function changeWords(t: TFunction, name: string, { from, to }: Change): string {
  const field = t(`audit.fields.${name}` as "audit.fields.name", { defaultValue: name });
  // What is set together, such as the texts of a web chat, would fill the page; a picture has no words; and what is
  // known of a customer is not kept here.
  if (["logo", "avatar", "owner"].includes(name) || /^[[{]/.test(to ?? "") || (from === null && to === null))
    return t("audit.changedField", { field });
  if (from === null) return t("audit.set", { field, to: valueWords(t, name, to ?? "") });
  if (to === null) return t("audit.unset", { field, from: valueWords(t, name, from) });
  return t("audit.change", { field, from: valueWords(t, name, from), to: valueWords(t, name, to) });
}

function valueWords(t: TFunction, name: string, said: string): string {
  if (said === "true" || said === "false") return t(`audit.values.${said}`);
  const asRole = role.safeParse(said);
  if (name === "role" && asRole.success) return t(`team.roles.${asRole.data}`);
  const asLanguage = language.safeParse(said);
  if (/language$/i.test(name) && asLanguage.success) return languageNames[asLanguage.data];
  return plainLine(said);
}
