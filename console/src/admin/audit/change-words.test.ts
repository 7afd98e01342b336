import { createInstance } from "i18next";
import { beforeAll, expect, test } from "vitest";
import zhHans from "../../ui/texts/zh-Hans.json";
import { changeWords } from "./change-words.ts";

const i18n = createInstance();
beforeAll(() =>
  i18n.init({
    lng: "zh-Hans",
    ns: "console",
    defaultNS: "console",
    resources: { "zh-Hans": { console: zhHans } },
    interpolation: { escapeValue: false },
  }),
);

test.each([
  ["role", { from: "agent", to: "admin" }, "角色：客服 → 管理员"],
  ["email", { from: null, to: "mei@example.test" }, "邮箱地址：mei@example.test"],
  ["defaultLanguage", { from: "en", to: "zh-Hant" }, "默认语言：English → 繁體中文"],
  ["oneSession", { from: "true", to: "false" }, "每位成员仅限一处登录：开 → 关"],
  ["inactivityMinutes", { from: "30", to: null }, "无操作后退出登录（分钟）：不再是 30"],
  ["texts", { from: '{"en":1}', to: '{"en":2}' }, "文字：已更改"],
  ["logo", { from: null, to: "5f3a" }, "标志：已更改"],
  ["phone", { from: null, to: null }, "电话：已更改"],
  ["somethingNew", { from: "1", to: "2" }, "somethingNew：1 → 2"],
  ["name", { from: "Mei", to: "Mei\u202e\nLin" }, "名称：Mei → Mei Lin"],
])("H3: a change of %s is told in the reader's words", (field, change, words) => {
  expect(changeWords(i18n.t, field, change)).toBe(words);
});
