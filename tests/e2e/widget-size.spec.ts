import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, test } from "@playwright/test";

const folder = "widget/dist/assets/widget";
const kilobytes = (file: string) => gzipSync(readFileSync(file)).length / 1_000;

test("D1: the loader is at most 5 kB, the first opening 30 kB more, and what is loaded later small", () => {
  expect(kilobytes("widget/dist/webchat.js")).toBeLessThan(5);
  const own = readdirSync(folder).filter((file) => !/^(try|console-test)/.test(file));
  const lazy = own.filter((file) =>
    /^(emoji|file-|format-bytes|staged-files|visitor-files|talk-button|drawing|load-voice|voice)/.test(file),
  );
  expect(lazy.some((file) => file.startsWith("emoji"))).toBe(true);
  expect(lazy.some((file) => file.startsWith("file-view"))).toBe(true);
  for (const file of lazy) expect(kilobytes(`${folder}/${file}`)).toBeLessThan(15);
  // Of the three languages the largest.
  const texts = own
    .filter((file) => file.endsWith(".json") && !lazy.includes(file))
    .map((file) => kilobytes(`${folder}/${file}`));
  expect(texts).toHaveLength(3);
  const first = own.filter((file) => !file.endsWith(".json") && !lazy.includes(file));
  const sizes = [...first.map((file) => `${folder}/${file}`), "widget/dist/frame.html"].map(kilobytes);
  expect(sizes.reduce((sum, size) => sum + size, Math.max(...texts))).toBeLessThan(30);
});
