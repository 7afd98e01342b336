import { describe, expect, test } from "vitest";
import { isBlank, plainLine } from "./plain-line.ts";

describe("C3: a customer's text in a line of ours", () => {
  test.each([
    ["an override that would turn the rest of the line", "\u202egnp.exe\u202c", "gnp.exe"],
    ["isolates that are never closed", "\u2067abc\u2066", "abc"],
    ["marks", "\u200eabc\u200f\u061c", "abc"],
    ["line breaks of every kind, tabs and runs of spaces", "a\r\n\u2028b\t\t \u0085c", "a b c"],
    ["controls that a terminal would obey", "a\u001b[31mb", "a [31mb"],
  ])("C3: loses %s", (_, text, expected) => {
    expect(plainLine(text)).toBe(expected);
  });

  test.each([
    ["a family, joined from four people", "👩‍👩‍👧‍👦"],
    ["a flag and a skin tone", "🇹🇼 👍🏽"],
    ["Arabic and Hebrew, which run right to left by themselves", "مرحبا שלום"],
    ["markup, which is text", "<b onclick=alert(1)>hello</b>"],
    ["Chinese", "有乌龙茶吗？"],
  ])("C4: keeps %s", (_, text) => {
    expect(plainLine(text)).toBe(text);
  });
});

describe("C3: a text of which nothing can be seen", () => {
  test.each(["", " \u3000", "\u200b\u200d\ufeff", "\u202e\u2066", "\u3164\u2800", "\u0301", "\u{e0041}"])(
    "C3: %j is blank",
    (text) => expect(isBlank(text)).toBe(true),
  );

  test.each(["a", "茶", "👍", "👩‍👧", "1", "-"])("C3: %j is not", (text) =>
    expect(isBlank(text)).toBe(false),
  );
});
