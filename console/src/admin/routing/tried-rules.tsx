import {
  type ConditionName,
  type RoutingRule,
  ruleConditions,
  type TriedRouting,
} from "@grata/contract/routing";
import type { UserGroup } from "@grata/contract/user-groups";
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useRuleWords } from "./use-rule-words.ts";

const conditionNames = Object.keys(ruleConditions.def.shape) as ConditionName[];

interface TriedRulesProps {
  tried: TriedRouting;
  /** The rules that were tried. */
  rules: readonly RoutingRule[];
  groups: readonly UserGroup[];
}

/** Shows the outcome of a trial, and the reason: each rule up to the one that won. */
export function TriedRules({ tried, rules, groups }: TriedRulesProps) {
  const { t } = useTranslation("routing");
  const { target } = useRuleWords(groups);
  const numberOf = (ruleId: string) => rules.findIndex(({ id }) => id === ruleId) + 1;
  const { ruleId, groupId, steps } = tried;
  return (
    <div role="status">
      <Text fw={600}>
        {ruleId === null
          ? t("try.nobody")
          : t("try.wins", { number: numberOf(ruleId), group: target({ groupId }) })}
      </Text>
      {steps.map((step) => (
        <Text key={step.ruleId} size="sm" c="dimmed">
          {t("try.step", { number: numberOf(step.ruleId), reason: reasonOf(step.failed) })}
        </Text>
      ))}
    </div>
  );

  function reasonOf(failed: string | null): string {
    if (failed === null) return t("try.matched");
    if (failed === "off" || failed === "group") return t(`try.${failed}`);
    const name = conditionNames.find((known) => known === failed);
    return t("try.failed", { condition: name === undefined ? failed : t(`conditions.${name}`) });
  }
}
