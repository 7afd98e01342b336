import { describe, expect, test } from "vitest";
import { parseCsv } from "./parse-csv.ts";

const cellsIn = (text: string) => parseCsv(text).map(({ cells }) => cells);

describe("C10: a CSV file", () => {
  test.each([
    "a,b\nc,d",
    "a,b\r\nc,d\r\n",
    "a,b\rc,d",
    "\uFEFFa;b\nc;d",
    "a\tb\nc\td",
    '"a","b"\n"c","d"\n\n\n',
  ])("C10: %j is two rows of two cells", (text) => {
    expect(cellsIn(text)).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
  });

  test("C10: a quoted cell keeps quotes, separators and line ends", () => {
    expect(cellsIn('name,en\n"say ""hi"", now","one\r\ntwo"\n')).toEqual([
      ["name", "en"],
      ['say "hi", now', "one\r\ntwo"],
    ]);
  });

  test("C10: empty cells stay, empty rows go, and lines are counted as an editor does", () => {
    expect(parseCsv('a,b,\n\n,,\n"x\ny",\nlast')).toEqual([
      { line: 1, cells: ["a", "b", ""], open: false },
      { line: 4, cells: ["x\ny", ""], open: false },
      { line: 6, cells: ["last"], open: false },
    ]);
  });

  test("C10: a quote that never ends is told, and what stands before it is kept", () => {
    expect(parseCsv('a,b\n1,2\n3,"four\n5,6')).toMatchObject([
      { open: false },
      { line: 2, cells: ["1", "2"], open: false },
      { line: 3, cells: ["3", "four\n5,6"], open: true },
    ]);
  });

  test("C10: what stands behind a closing quote is not lost", () => {
    expect(cellsIn('"a"b,c "d" e')).toEqual([["ab", 'c "d" e']]);
  });

  test("C10: formulas, markup and prototypes are text", () => {
    expect(cellsIn("=cmd|' /C calc'!A0,<img src=x>,__proto__")).toEqual([
      ["=cmd|' /C calc'!A0", "<img src=x>", "__proto__"],
    ]);
  });

  test.each(["", "\uFEFF", "\n\r\n", ",,,"])("C10: nothing is in %j", (text) => {
    expect(parseCsv(text)).toEqual([]);
  });

  test("C10: ten thousand lines, and a cell of a million characters, take no time to speak of", () => {
    const many = `name,en\n${'"a ""b""","c\nd"\n'.repeat(10_000)}`;
    const began = performance.now();
    expect(parseCsv(many)).toHaveLength(10_001);
    expect(parseCsv(many).at(-1)?.line).toBe(20_000);
    expect(parseCsv(`a,"${'""'.repeat(500_000)}`)).toHaveLength(1);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
