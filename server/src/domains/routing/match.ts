import type { ConditionName, RoutingRule, RuleConditions, TriedRouting } from "@grata/contract/routing";
import { matchesPage } from "./wildcard.ts";

/** Everything that rules may ask of a new chat. */
export type Facts = {
  channelId: string | null;
  language: string | null;
  page: string | null;
  menu: string | null;
  scene: string | null;
  text: string;
  tags: readonly string[];
  /** The values of the customer's fields, by field. */
  fields: Readonly<Record<string, string>>;
  open: boolean;
};

/** How each condition is asked of the facts. */
const conditions: { [Name in ConditionName]: (wanted: Wanted<Name>, facts: Facts) => boolean } = {
  channels: (ids, { channelId }) => channelId !== null && ids.includes(channelId),
  languages: (languages, { language }) => languages.some((wanted) => wanted === language),
  pages: (patterns, { page }) => page !== null && patterns.some((pattern) => matchesPage(pattern, page)),
  menus: (menus, { menu }) => menu !== null && menus.includes(menu),
  scenes: (scenes, { scene }) => scene !== null && scenes.includes(scene),
  keywords: (keywords, { text }) => {
    const said = text.toLowerCase();
    return keywords.some((keyword) => said.includes(keyword.toLowerCase()));
  },
  tags: (wanted, { tags }) => wanted.some((id) => tags.includes(id)),
  field: ({ id, test, value = "" }, { fields }) => {
    const stored = (fields[id] ?? "").toLowerCase();
    switch (test) {
      case "is":
        return stored === value.toLowerCase();
      case "contains":
        return stored.includes(value.toLowerCase());
      case "filled":
        return stored !== "";
      case "empty":
        return stored === "";
    }
  },
  hours: (wanted, { open }) => (wanted === "open") === open,
};

type Wanted<Name extends ConditionName> = NonNullable<RuleConditions[Name]>;

const names = Object.keys(conditions) as ConditionName[];

/** Returns the first condition of a rule that does not hold, or null where all do. */
function failedCondition(when: RuleConditions, facts: Facts): ConditionName | null {
  const holds = <Name extends ConditionName>(name: Name) => {
    const wanted = when[name] as Wanted<Name> | undefined;
    return wanted === undefined || conditions[name](wanted, facts);
  };
  return names.find((name) => !holds(name)) ?? null;
}

/**
 * Finds the rule that wins: the first one, in their order, all of whose conditions hold. One that is off, or whose group
 * is gone, is skipped. `steps` says of each rule on the way why it did not win.
 */
export function findRule(
  rules: readonly RoutingRule[],
  facts: Facts,
  hasGroup: (groupId: string) => boolean,
): { rule: RoutingRule | null; steps: TriedRouting["steps"] } {
  const steps: TriedRouting["steps"] = [];
  for (const rule of rules) {
    const failed = reasonAgainst(rule, facts, hasGroup);
    steps.push({ ruleId: rule.id, failed });
    if (failed === null) return { rule, steps };
  }
  return { rule: null, steps };
}

function reasonAgainst(rule: RoutingRule, facts: Facts, hasGroup: (groupId: string) => boolean) {
  if (!rule.on) return "off";
  if (rule.groupId !== null && !hasGroup(rule.groupId)) return "group";
  return failedCondition(rule.when, facts);
}

/** Tells which facts some rule asks about, so that nothing else is read. */
export function factsNeeded(rules: readonly RoutingRule[]): { customer: boolean; hours: boolean } {
  const asks = (name: ConditionName) => rules.some(({ on, when }) => on && when[name] !== undefined);
  return { customer: asks("tags") || asks("field") || asks("languages"), hours: asks("hours") };
}
