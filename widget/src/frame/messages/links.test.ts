import { expect, test } from "vitest";
import { splitAtLinks } from "./links.ts";

const links = (text: string) => splitAtLinks(text).flatMap(({ href }) => (href === undefined ? [] : [href]));

test.each([
  ["see https://example.com/a?b=c#d.", ["https://example.com/a?b=c#d"]],
  ["(http://example.com)", ["http://example.com"]],
  ["https://example.com/tea_(oolong), please", ["https://example.com/tea_(oolong)"]],
  [
    "看https://example.com/茶，还有https://example.com/b。",
    ["https://example.com/", "https://example.com/b"],
  ],
  ["https://a.example https://b.example", ["https://a.example", "https://b.example"]],
])("D1 in %j what may be opened is %j", (text, expected) => {
  expect(links(text)).toEqual(expected);
});

test.each([
  "javascript:alert(1)",
  "data:text/html,x",
  "https://bank.example@evil.example/",
  "https://",
  "http://[",
  "www.example.com",
  "xhttps:/example.com",
])("D1 %j is only text", (text) => {
  expect(links(text)).toEqual([]);
});

test("D1 the pieces are the text, whole", () => {
  const text = "<b>a</b> https://example.com/x), b";
  expect(
    splitAtLinks(text)
      .map((piece) => piece.text)
      .join(""),
  ).toBe(text);
});
