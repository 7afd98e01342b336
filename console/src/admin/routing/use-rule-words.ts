import type { RoutingRule } from "@grata/contract/routing";
import type { UserGroup } from "@grata/contract/user-groups";
import { useTranslation } from "react-i18next";
import { plainLine } from "../../ui/safe-text/plain-line.ts";
import { languageNames } from "../../ui/texts/language-names.ts";
import { useWorld } from "./use-world.ts";

/** Says a rule in words: for whom its chats wait, and when. */
export function useRuleWords(groups: readonly UserGroup[]) {
  const { t } = useTranslation("routing");
  const { channels, tags, fields } = useWorld();

  function target({ groupId }: Pick<RoutingRule, "groupId">): string {
    if (groupId === null) return t("rules.everybody");
    const group = groups.find(({ id }) => id === groupId);
    return group === undefined ? t("rules.goneGroup") : plainLine(group.name);
  }

  function conditions({ when }: Pick<RoutingRule, "when">): string {
    const named = (ids: readonly string[], known: readonly { id: string; name: string }[]) =>
      ids.map((id) => plainLine(known.find((one) => one.id === id)?.name ?? "?"));
    const { field } = when;
    const said = [
      ["channels", when.channels && named(when.channels, channels)],
      ["languages", when.languages?.map((language) => languageNames[language])],
      ["pages", when.pages],
      ["menus", when.menus],
      ["scenes", when.scenes],
      ["keywords", when.keywords],
      ["tags", when.tags && named(when.tags, tags)],
      ["hours", when.hours && [t(`conditions.${when.hours}`)]],
    ] as const;
    const parts = said.flatMap(([name, values]) =>
      values ? [`${t(`conditions.${name}`)}: ${values.join(t("rules.or"))}`] : [],
    );
    if (field) {
      const words = [named([field.id], fields)[0], t(`conditions.tests.${field.test}`), field.value ?? ""];
      parts.push(words.join(" ").trim());
    }
    return parts.length === 0 ? t("rules.always") : parts.join(" · ");
  }

  return { target, conditions };
}
