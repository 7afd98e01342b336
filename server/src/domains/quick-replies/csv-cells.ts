/**
 * What a spreadsheet takes for a formula, or for the guard before one (OWASP, CSV injection): the signs that begin one,
 * also in full width and behind blanks, and the control characters that a cell may hide them behind.
 */
const formula = /^(?:['\s]*[=+\-@＝＋－＠]|[\t\r\n])/;

/** A cell that no spreadsheet calculates: an apostrophe before it makes it text, and is not shown. */
export function guardCell(value: string): string {
  return formula.test(value) ? `'${value}` : value;
}

/** The value of a cell that was guarded; any other is as it is. */
export function unguardCell(cell: string): string {
  return cell.startsWith("'") && formula.test(cell.slice(1)) ? cell.slice(1) : cell;
}

/** At the beginning of a table: it tells spreadsheets that it is UTF-8. */
export const csvMark = "\uFEFF";

/** One line of a table as RFC 4180 has it, with its end. */
export function csvLine(row: readonly string[]): string {
  return `${row.map((value) => `"${guardCell(value).replaceAll('"', '""')}"`).join(",")}\r\n`;
}

/** A whole table. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return csvMark + rows.map(csvLine).join("");
}
