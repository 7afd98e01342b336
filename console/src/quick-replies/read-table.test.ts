import { describe, expect, test } from "vitest";
import { readTable } from "./read-table.ts";

const words = new Map([
  ["名称", "name"],
  ["分类", "category"],
  ["简体中文", "zh-Hans"],
] as const);
const linesIn = (text: string) => {
  const table = readTable(text, words);
  if (table.kind !== "lines") throw new Error(table.kind);
  return table.lines;
};

describe("C10: a table of quick replies", () => {
  test("C10: its columns stand in any order, by our names or by those on screen", () => {
    for (const text of ["EN,Name,category\nHello,Hi,Greetings", "en;名称;分类\nHello;Hi;Greetings"]) {
      expect(linesIn(text)).toEqual([
        {
          line: 2,
          cells: { name: "Hi", category: "Greetings", en: "Hello", "zh-Hans": "", "zh-Hant": "" },
          problem: null,
        },
      ]);
    }
  });

  test.each(["a,b\n1,2", "name,category\na,b", "en,zh-Hans\na,b", "Hello;world"])(
    "C10: %j has no heading that says what is what",
    (text) => {
      expect(readTable(text, words)).toEqual({ kind: "noHeading" });
    },
  );

  test.each(["", "name,en", "name,en\n,\n\n"])("C10: %j is empty", (text) => {
    expect(readTable(text, words)).toEqual({ kind: "empty" });
  });

  test("C10: columns that are none of ours are named and left out", () => {
    expect(readTable("name,en,shortcut,__proto__\na,b,c,d", words)).toMatchObject({
      unknownColumns: ["shortcut", "__proto__"],
      lines: [{ cells: { name: "a", en: "b" } }],
    });
  });

  test("C10: each line that cannot be right says why, and the others stay", () => {
    const text = `name,category,en\nA,,one\na , ,two\nB,,text, and more\nC,,${"x".repeat(2_002)}\nD\nE,,"open`;
    expect(linesIn(text).map(({ line, problem }) => [line, problem])).toEqual([
      [2, null],
      [3, { kind: "twice", line: 2 }],
      [4, { kind: "cells" }],
      [5, { kind: "tooLong", limit: 2_000 }],
      [6, null],
      [7, { kind: "quote" }],
    ]);
  });
});
