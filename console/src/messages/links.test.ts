import { describe, expect, test } from "vitest";
import { findLinks } from "./links.ts";

const links = (text: string) =>
  findLinks(text).flatMap((stretch) => (stretch.kind === "link" ? [stretch.address] : []));

describe("C4: the links of a message", () => {
  test("are found between the words, and nothing of the text is lost", () => {
    const text = "See https://example.com/a?b=c#d, and http://example.org.";
    expect(links(text)).toEqual(["https://example.com/a?b=c#d", "http://example.org"]);
    expect(
      findLinks(text)
        .map((stretch) => stretch.text)
        .join(""),
    ).toBe(text);
  });

  test("end where Chinese goes on without a space", () => {
    expect(links("请看https://example.com/shop，谢谢")).toEqual(["https://example.com/shop"]);
    expect(links("打开https://example.com/shop就能看到")).toEqual(["https://example.com/shop"]);
  });

  test("keep their own brackets and give back the sentence's", () => {
    expect(links("(https://example.com/a_(b))")).toEqual(["https://example.com/a_(b)"]);
    expect(links("[https://example.com]")).toEqual(["https://example.com"]);
  });

  test.each([
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "https://",
    "example.com",
    "",
  ])("are not made of %j", (text) => {
    expect(links(text)).toEqual([]);
  });

  test("are found quickly in a text that was made to be slow", () => {
    const before = performance.now();
    findLinks(`https://a${")".repeat(10_000)}`);
    findLinks("https://".repeat(1250));
    expect(performance.now() - before).toBeLessThan(500);
  });
});
