/** Routing: ordered rules that say which group a new chat waits for. The first that matches wins. */
import * as z from "zod/mini";
import { identifier } from "./identifier.ts";
import { language } from "./languages.ts";
import { fieldTextLimit, messageLimit, nameLimit } from "./limits.ts";
import { fails, isText } from "./text.ts";

export const rulesLimit = 500;
/** How many alternatives one condition may list. */
export const alternativesLimit = 50;
const patternLimit = 500;

/** Minutes that a chat waits for its group alone. */
export const overflowLimits = { least: 1, most: 1_440 } as const;

const line = (limit: number) =>
  z.string(fails("rule_text_invalid")).check(
    z.trim(),
    z.refine(
      (value) =>
        value !== "" && value.length <= limit && isText(value) && !/[\p{Cc}\u2028\u2029]/u.test(value),
      fails("rule_text_invalid"),
    ),
  );
const anyOf = <Item extends z.ZodMiniType>(item: Item) =>
  z.optional(z.array(item).check(z.minLength(1), z.maxLength(alternativesLimit)));

export const fieldTests = ["is", "contains", "filled", "empty"] as const;

/** All of these must hold; of the alternatives in a list, one. Without any, a rule matches every chat. */
export const ruleConditions = z.object({
  channels: anyOf(identifier),
  languages: anyOf(language),
  /** Of the page on which the chat began. `*` stands for anything, also for nothing. */
  pages: anyOf(line(patternLimit)),
  /** The menu item of a channel that the customer came by. */
  menus: anyOf(line(nameLimit)),
  /** The scene of the QR code that they scanned. */
  scenes: anyOf(line(nameLimit)),
  /** The first message contains one of these, in any case. */
  keywords: anyOf(line(nameLimit)),
  /** The customer has one of these tags. */
  tags: anyOf(identifier),
  field: z.optional(
    z.object({ id: identifier, test: z.enum(fieldTests), value: z.optional(line(fieldTextLimit)) }).check(
      z.refine(({ test, value }) => (test === "is" || test === "contains") === (value !== undefined), {
        ...fails("rule_value_missing"),
        path: ["value"],
      }),
    ),
  ),
  hours: z.optional(z.enum(["open", "closed"])),
});
export type RuleConditions = z.infer<typeof ruleConditions>;
export type ConditionName = keyof RuleConditions;

export const routingRule = z.object({
  id: identifier,
  /** Null: everybody. */
  groupId: z.nullable(identifier),
  when: ruleConditions,
  /** One that is off is kept and skipped. */
  on: z.boolean(),
});
export type RoutingRule = z.infer<typeof routingRule>;

const rules = z.array(routingRule).check(z.maxLength(rulesLimit, fails("too_many_rules")));

/** Why a rule does nothing, or less than it seems to. */
export const ruleFindings = [
  /** An earlier rule takes everything that this one would. */
  "never",
  "group_gone",
  "group_empty",
  "group_away",
  "channel_gone",
  "tag_gone",
  "field_gone",
] as const;
export type RuleFinding = (typeof ruleFindings)[number];

const settings = {
  rules,
  /** Minutes after which a chat that waits for a group opens to everybody; null: never. */
  overflowMinutes: z.nullable(z.int().check(z.minimum(overflowLimits.least), z.maximum(overflowLimits.most))),
  /** Users with groups see the chats that wait for everybody too. */
  groupsSeeEverybody: z.boolean(),
};

export const routing = z.object({
  ...settings,
  /** Counts the changes. */
  version: z.int(),
  /** By rule. */
  findings: z.record(z.string(), z.array(z.string())),
});
export type Routing = z.infer<typeof routing>;

/** Everything at once, on top of the version that the admin has seen. */
export const routingBody = z.object({ ...settings, version: z.int() });
export type RoutingBody = z.output<typeof routingBody>;

/** A customer to try rules with: a real one, or one that is described; what is described wins. */
export const tryRoutingBody = z.object({
  /** Rules as they stand in the form. */
  rules,
  customerId: z.optional(identifier),
  channelId: z.optional(identifier),
  language: z.optional(language),
  page: z.optional(z.string().check(z.maxLength(2_000))),
  menu: z.optional(z.string().check(z.maxLength(nameLimit))),
  scene: z.optional(z.string().check(z.maxLength(nameLimit))),
  text: z.optional(z.string().check(z.maxLength(messageLimit))),
  tags: z.optional(z.array(identifier).check(z.maxLength(alternativesLimit))),
  fields: z.optional(z.record(identifier, z.string().check(z.maxLength(fieldTextLimit)))),
  /** Left out: as it is now. */
  open: z.optional(z.boolean()),
});
export type TryRouting = z.output<typeof tryRoutingBody>;

export const triedRouting = z.object({
  /** The rule that won; null: none, so everybody. */
  ruleId: z.nullable(identifier),
  groupId: z.nullable(identifier),
  /** Each rule up to the one that won, and the first condition that did not hold. */
  steps: z.array(z.object({ ruleId: identifier, failed: z.nullable(z.string()) })),
});
export type TriedRouting = z.infer<typeof triedRouting>;
/** Stands in for a condition in a step: the rule is off, or its group is gone. */
export const otherFailures = ["off", "group"] as const;
