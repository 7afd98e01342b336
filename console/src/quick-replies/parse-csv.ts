/** A row of a table, with the number of the line that it begins in, from one. */
export interface CsvRow {
  line: number;
  cells: string[];
  /** A quote that was opened in it is never closed: it goes on to the end of the file. */
  open: boolean;
}

/**
 * Reads a table as spreadsheets save it (RFC 4180): a quoted cell may hold the sign between cells, quotes and line
 * ends. That sign is the comma, semicolon or tab that the first line has most of. Rows without any text are passed over.
 */
export function parseCsv(file: string): CsvRow[] {
  const text = file.replace(/^\uFEFF/, "");
  const between = separatorIn(text);
  const cell = new RegExp(`"((?:[^"]|"")*)("|$)([^${between}\\r\\n]*)|([^${between}\\r\\n]*)`, "y");
  const rows: CsvRow[] = [];
  let row: CsvRow = { line: 1, cells: [], open: false };
  let line = 1;
  for (let place = 0; place <= text.length; ) {
    cell.lastIndex = place;
    const [whole = "", quoted, end, rest = "", plain = ""] = cell.exec(text) ?? [];
    row.cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"') + rest);
    row.open ||= quoted !== undefined && end === "";
    line += quoted === undefined ? 0 : lineEndsIn(quoted);
    place += whole.length;
    if (text[place] !== between || place === text.length) {
      if (row.cells.some((value) => value.trim() !== "")) rows.push(row);
      line += 1;
      row = { line, cells: [], open: false };
      place += text.startsWith("\r\n", place) ? 1 : 0;
    }
    place += 1;
  }
  return rows;
}

function separatorIn(text: string): string {
  const [first = ""] = text.split(/[\r\n]/, 1);
  const counted = [",", ";", "\t"].map((sign) => ({ sign, count: first.split(sign).length }));
  return counted.reduce((best, other) => (other.count > best.count ? other : best)).sign;
}

function lineEndsIn(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
}
