import type { ConditionName, RoutingRule, RuleConditions, RuleFinding } from "@grata/contract/routing";

/** Groups, channels, tags and fields that rules can refer to. */
export type World = {
  groups: ReadonlyMap<string, { members: number; present: number }>;
  channels: ReadonlySet<string>;
  tags: ReadonlySet<string>;
  fields: ReadonlySet<string>;
};

/** Says of each rule why it does nothing, or less than it seems to; rules without a finding are left out. */
export function findingsOf(rules: readonly RoutingRule[], world: World): Record<string, RuleFinding[]> {
  const found: Record<string, RuleFinding[]> = {};
  const before: RoutingRule[] = [];
  for (const rule of rules) {
    const findings = [...aboutGroup(rule, world), ...aboutConditions(rule.when, world)];
    if (rule.on && before.some((earlier) => takesAllOf(earlier.when, rule.when))) findings.unshift("never");
    if (findings.length > 0) found[rule.id] = findings;
    const leadsSomewhere = rule.groupId === null || world.groups.has(rule.groupId);
    if (rule.on && leadsSomewhere) before.push(rule);
  }
  return found;
}

function aboutGroup({ groupId }: RoutingRule, { groups }: World): RuleFinding[] {
  if (groupId === null) return [];
  const group = groups.get(groupId);
  if (group === undefined) return ["group_gone"];
  if (group.members === 0) return ["group_empty"];
  return group.present === 0 ? ["group_away"] : [];
}

function aboutConditions(when: RuleConditions, { channels, tags, fields }: World): RuleFinding[] {
  const gone = (ids: readonly string[] | undefined, known: ReadonlySet<string>) =>
    ids?.some((id) => !known.has(id)) ?? false;
  return [
    ...(gone(when.channels, channels) ? (["channel_gone"] as const) : []),
    ...(gone(when.tags, tags) ? (["tag_gone"] as const) : []),
    ...(gone(when.field && [when.field.id], fields) ? (["field_gone"] as const) : []),
  ];
}

/** Tells whether every chat that the second conditions match is matched by the first ones too. */
function takesAllOf(first: RuleConditions, second: RuleConditions): boolean {
  return (Object.keys(first) as ConditionName[]).every((name) => {
    const [wide, narrow] = [first[name], second[name]];
    if (wide === undefined) return true;
    if (narrow === undefined) return false;
    if (Array.isArray(wide) && Array.isArray(narrow)) {
      const taken: readonly string[] = wide;
      return narrow.every((one) => taken.some((other) => takes(name, other, one)));
    }
    return sameField(wide, narrow);
  });
}

/** One alternative takes another: the same, a page pattern of the star alone, a keyword that is part of the other. */
function takes(name: ConditionName, wide: string, narrow: string): boolean {
  if (name === "pages") return wide === narrow || /^\*+$/.test(wide);
  if (name === "keywords") return narrow.toLowerCase().includes(wide.toLowerCase());
  return wide === narrow;
}

function sameField(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
