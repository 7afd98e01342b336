import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { readPage } from "./read-page.ts";

const page = "https://shop.example/";
const size = 2 * 1024 * 1024;
const filled = (piece: string, before = "") => before + piece.repeat((size - before.length) / piece.length);

test("D1: the check passes by a base and scripts with endless addresses", async () => {
  const base = `<base href="https://x.example/${"A".repeat(100_000)}/">`;
  const long = `<script src="/${"b".repeat(3_000)}"></script>`;
  const { scripts } = await readPage(filled("<script src=a></script>", base + long), page);
  expect(scripts).toHaveLength(500);
  expect(new Set(scripts.map(({ src }) => src))).toEqual(new Set([`${page}a`]));
});

test("D1: the check reads at most fifty policies, none of them endless", async () => {
  const policy = (content: string) => `<meta http-equiv=content-security-policy content="${content}">`;
  const html = policy("x ".repeat(10_000)) + policy("script-src 'self'").repeat(10_000);
  const { policies } = await readPage(html, page);
  expect(policies).toEqual(Array.from({ length: 50 }, () => "script-src 'self'"));
});

test.each([
  ["nested tags", filled("<b>")],
  ["tags that are never opened", filled("</i>", "<b>".repeat(500))],
  ["tags that are closed in the wrong order", filled("<b><i></b></i>")],
  ["unclosed attributes", filled('a="', "<p ")],
  ["one attribute without an end", filled("a", '<script src="')],
  ["attributes without an end", filled("a=1 b ", "<p ")],
  ["a million meta tags", filled("<meta>")],
  ["entities", filled("&amp;", '<a href="')],
  ["comments", filled("<!--", "")],
  ["opening brackets", filled("<")],
])("D1: while the check reads %s, others get their turn", async (_what, html) => {
  let turns = 0;
  let reading = true;
  const reader = readPage(html, page).finally(() => {
    reading = false;
  });
  while (reading) {
    await setImmediate();
    turns++;
  }
  expect(await reader).toEqual({ scripts: [], policies: [] });
  expect(turns).toBeGreaterThan(html.startsWith("<b><b>") && html.endsWith("<b>") ? 0 : 100);
});
