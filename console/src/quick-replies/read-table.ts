import { type Language, languages } from "@grata/contract/languages";
import { quickReplyTextLimit } from "@grata/contract/limits";
import type { ImportLine } from "@grata/contract/quick-replies";
import { parseCsv } from "./parse-csv.ts";

/** Why a line cannot be taken, before the server is asked. */
export type Problem =
  | { kind: "cells" }
  | { kind: "quote" }
  | { kind: "tooLong"; limit: number }
  | { kind: "twice"; line: number };

/** A quick reply as it stands in a line of a file. */
export interface TableLine {
  line: number;
  cells: ImportLine;
  problem: Problem | null;
}

/** What a file holds, or why it holds nothing that can be taken. */
export type Table =
  | { kind: "lines"; lines: TableLine[]; unknownColumns: string[] }
  | { kind: "empty" }
  | { kind: "noHeading" };

type Column = "name" | "category" | Language;

/** Reads the rows below a heading. `words` are further names of columns, in lower case. */
export function readTable(file: string, words: ReadonlyMap<string, Column>): Table {
  const [heading, ...rows] = parseCsv(file);
  const names = heading?.cells.map((cell) => cell.trim()) ?? [];
  const columns = names.map((name) => columnOf(name, words));
  if (!columns.includes("name") || !languages.some((language) => columns.includes(language))) {
    return heading === undefined ? { kind: "empty" } : { kind: "noHeading" };
  }
  if (rows.length === 0) {
    return { kind: "empty" };
  }
  const seen = new Map<string, number>();
  const lines = rows.map(({ line, cells, open }) => {
    const read = cellsOf(columns, cells);
    const surplus = cells.slice(names.length).some((cell) => cell.trim() !== "");
    const problem = open
      ? { kind: "quote" as const }
      : surplus
        ? { kind: "cells" as const }
        : problemOf(read, line, seen);
    return { line, cells: read, problem };
  });
  return {
    kind: "lines",
    lines,
    unknownColumns: names.filter((name, index) => name !== "" && columns[index] === undefined),
  };
}

function columnOf(name: string, words: ReadonlyMap<string, Column>): Column | undefined {
  const word = name.toLowerCase();
  const known: readonly Column[] = ["name", "category", ...languages];
  return known.find((column) => column.toLowerCase() === word) ?? words.get(word);
}

function cellsOf(columns: readonly (Column | undefined)[], cells: readonly string[]): ImportLine {
  const read: ImportLine = { name: "", category: "", en: "", "zh-Hans": "", "zh-Hant": "" };
  for (const [index, column] of columns.entries()) {
    if (column !== undefined) read[column] = cells[index] ?? "";
  }
  return read;
}

function problemOf(cells: ImportLine, line: number, seen: Map<string, number>): Problem | null {
  // A single one of these could fill a whole request.
  if (Object.values(cells).some((cell) => cell.trim().length > quickReplyTextLimit + 1)) {
    return { kind: "tooLong", limit: quickReplyTextLimit };
  }
  // The server sees a part of the file at a time.
  const key = `${cells.category.trim()}\n${cells.name.trim()}`.normalize("NFC").toLowerCase();
  const before = seen.get(key);
  if (before === undefined) seen.set(key, line);
  return before === undefined ? null : { kind: "twice", line: before };
}
