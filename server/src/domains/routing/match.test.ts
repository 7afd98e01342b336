import type { RoutingRule, RuleConditions } from "@grata/contract/routing";
import { describe, expect, test } from "vitest";
import { findingsOf, type World } from "./findings.ts";
import { type Facts, findRule } from "./match.ts";
import { matchesPage, matchesWildcard } from "./wildcard.ts";

const rule = (id: string, when: RuleConditions, more: Partial<RoutingRule> = {}): RoutingRule => ({
  id,
  groupId: "tea",
  when,
  on: true,
  ...more,
});
const facts: Facts = {
  channelId: "shop",
  language: "zh-Hans",
  page: "https://shop.example/Tea/Green?size=2#top",
  menu: "support",
  scene: "poster-7",
  text: "My REFUND, please",
  tags: ["vip"],
  fields: { city: "Shanghai" },
  open: true,
};
const winner = (rules: RoutingRule[], given: Partial<Facts> = {}, groups = ["tea"]) =>
  findRule(rules, { ...facts, ...given }, (id) => groups.includes(id)).rule?.id ?? null;

describe("E1: rules are tried in their order", () => {
  test.each<[string, RuleConditions, boolean]>([
    ["channel", { channels: ["other", "shop"] }, true],
    ["another channel", { channels: ["other"] }, false],
    ["language", { languages: ["zh-Hans"] }, true],
    ["another language", { languages: ["en"] }, false],
    ["path", { pages: ["/tea/*"] }, true],
    ["another path", { pages: ["/coffee/*"] }, false],
    ["menu item", { menus: ["support"] }, true],
    ["another menu item", { menus: ["sales"] }, false],
    ["QR scene", { scenes: ["poster-7"] }, true],
    ["another QR scene", { scenes: ["poster-8"] }, false],
    ["keyword in any case", { keywords: ["refund"] }, true],
    ["another keyword", { keywords: ["invoice"] }, false],
    ["tag", { tags: ["new", "vip"] }, true],
    ["another tag", { tags: ["new"] }, false],
    ["field that is", { field: { id: "city", test: "is", value: "shanghai" } }, true],
    ["field that is something else", { field: { id: "city", test: "is", value: "Shang" } }, false],
    ["field that contains", { field: { id: "city", test: "contains", value: "hang" } }, true],
    ["field that is filled", { field: { id: "city", test: "filled" } }, true],
    ["field that is empty", { field: { id: "city", test: "empty" } }, false],
    ["another field that is empty", { field: { id: "size", test: "empty" } }, true],
    ["open hours", { hours: "open" }, true],
    ["closed hours", { hours: "closed" }, false],
    ["all conditions", { channels: ["shop"], tags: ["vip"], hours: "open" }, true],
    ["all conditions but one", { channels: ["shop"], tags: ["vip"], hours: "closed" }, false],
    ["no condition", {}, true],
  ])("E1: by %s", (_, when, matches) => {
    expect(winner([rule("one", when)])).toBe(matches ? "one" : null);
  });

  test("E1: the first that matches wins, one that is off or has no group is skipped, and each step says why", () => {
    const rules = [
      rule("coffee", { pages: ["/coffee/*"] }),
      rule("off", {}, { on: false }),
      rule("gone", {}, { groupId: "gone" }),
      rule("first", { tags: ["vip"] }),
      rule("second", {}),
    ];
    expect(findRule(rules, facts, (id) => id === "tea").steps).toEqual([
      { ruleId: "coffee", failed: "pages" },
      { ruleId: "off", failed: "off" },
      { ruleId: "gone", failed: "group" },
      { ruleId: "first", failed: null },
    ]);
    expect(winner(rules)).toBe("first");
    expect(winner(rules.toReversed())).toBe("second");
    expect(winner([rule("everybody", {}, { groupId: null }), ...rules])).toBe("everybody");
  });
});

describe("E1: patterns of pages", () => {
  test.each([
    ["/tea/*", true],
    ["/tea", false],
    ["/tea/green*", true],
    ["shop.example/*", true],
    ["*.example/tea/*", true],
    ["other.example/*", false],
    ["https://shop.example/*", true],
    ["http://shop.example/*", false],
    ["*size=2", true],
    ["*", true],
  ])("E1: %s", (pattern, matches) => {
    expect(matchesPage(pattern, facts.page ?? "")).toBe(matches);
  });

  test("E1: a pattern that would hang a regular expression is answered", () => {
    const [pattern, text] = [`${"*a".repeat(200)}b`, "a".repeat(2_000)];
    expect(matchesWildcard(pattern, text)).toBe(false);
    expect(matchesWildcard(pattern, `${text}b`)).toBe(true);
    expect(matchesPage("/*", "no address")).toBe(false);
  });
});

describe("E1: what is wrong with rules", () => {
  const world: World = {
    groups: new Map([
      ["tea", { members: 2, present: 1 }],
      ["empty", { members: 0, present: 0 }],
      ["away", { members: 3, present: 0 }],
    ]),
    channels: new Set(["shop"]),
    tags: new Set(["vip"]),
    fields: new Set(["city"]),
  };
  test("E1: a group that is gone, empty or away, and conditions about what is gone, are pointed out", () => {
    expect(
      findingsOf(
        [
          rule("fine", { tags: ["vip"] }),
          rule("gone", { tags: ["vip"], channels: ["shop"] }, { groupId: "gone" }),
          rule("empty", { languages: ["en"] }, { groupId: "empty" }),
          rule("away", { languages: ["zh-Hant"] }, { groupId: "away" }),
          rule("pieces", { channels: ["x"], tags: ["x"], field: { id: "x", test: "filled" } }),
        ],
        world,
      ),
    ).toEqual({
      gone: ["never", "group_gone"],
      empty: ["group_empty"],
      away: ["group_away"],
      pieces: ["channel_gone", "tag_gone", "field_gone"],
    });
  });

  test.each<[string, RuleConditions, RuleConditions, boolean]>([
    ["everything before anything", {}, { tags: ["vip"] }, true],
    ["the same twice", { tags: ["vip"] }, { tags: ["vip"] }, true],
    ["a wider list", { languages: ["en", "zh-Hans"] }, { languages: ["en"] }, true],
    ["a narrower list", { languages: ["en"] }, { languages: ["en", "zh-Hans"] }, false],
    ["fewer conditions", { tags: ["vip"] }, { tags: ["vip"], hours: "open" }, true],
    ["more conditions", { tags: ["vip"], hours: "open" }, { tags: ["vip"] }, false],
    ["a part of a keyword", { keywords: ["fund"] }, { keywords: ["Refund"] }, true],
    ["any page", { pages: ["*"] }, { pages: ["/tea/*"] }, true],
    ["another page", { pages: ["/coffee/*"] }, { pages: ["/tea/*"] }, false],
    [
      "the same field",
      { field: { id: "city", test: "filled" } },
      { field: { id: "city", test: "filled" } },
      true,
    ],
    ["other hours", { hours: "open" }, { hours: "closed" }, false],
  ])("E1: a rule behind %s: it can never match: %#", (_, first, second, never) => {
    const findings = findingsOf([rule("first", first), rule("second", second)], world);
    expect(findings.second ?? []).toEqual(never ? ["never"] : []);
    // One that is off, or leads nowhere, takes nothing away.
    expect(findingsOf([rule("first", first, { on: false }), rule("second", second)], world)).toEqual({});
    expect(
      findingsOf([rule("first", first, { groupId: "gone" }), rule("second", second)], world).second,
    ).toBe(undefined);
  });
});
