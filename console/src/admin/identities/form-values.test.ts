import { expect, test } from "vitest";
import { bodyOf, namesIn, valuesOf } from "./form-values.ts";

const identity = {
  id: "1",
  world: "webchat" as const,
  owner: { id: "2", name: "Mei" },
  names: [
    { language: "zh-Hans", name: "客服", line: "您好" },
    { language: "en", name: "Support" },
  ],
  avatar: null,
  users: [],
  userCount: 0,
};

test("B8: the form of an identity sends back what it was given, without the languages that are empty", () => {
  const values = valuesOf(identity);
  expect(bodyOf(values)).toEqual({
    world: "webchat",
    ownerId: "2",
    names: { en: { name: "Support", line: "" }, "zh-Hans": { name: "客服", line: "您好" } },
  });
  expect(namesIn(values).map(({ language }) => language)).toEqual(["en", "zh-Hans"]);
});

test("B8: a second line without a name is sent, so that the server says what is missing", () => {
  const values = valuesOf(null);
  values.names.en.line = "Hello";
  expect(bodyOf(values)).toEqual({
    world: "webchat",
    ownerId: null,
    names: { en: { name: "", line: "Hello" } },
  });
});

test("B8: an identity on WeChat has one name", () => {
  const values = valuesOf({ ...identity, world: "wechat", names: [{ name: "小助手" }] });
  expect(bodyOf(values)).toEqual({ world: "wechat", ownerId: "2", name: "小助手" });
});
