import { type ImportOutcome, type ImportQuickReplies, importLinesLimit } from "@grata/contract/quick-replies";
import type { TableLine } from "./read-table.ts";

/** What became of the lines of a file so far. */
export interface ImportReport {
  done: number;
  created: number;
  replaced: number;
  unchanged: number;
  refused: readonly { line: number; name: string; reason: string }[];
}

const emptyReport: ImportReport = { done: 0, created: 0, replaced: 0, unchanged: 0, refused: [] };

/** A request may have 128 KiB; what JSON adds is counted with its lines. */
const BYTES_AT_ONCE = 100_000;

/**
 * Sends the lines in parts that the server takes, and tells after each what became of them. A part that fails as a
 * whole leaves those before it as they are: its own lines and the rest are told as refused.
 */
export async function importLines(options: {
  lines: readonly TableLine[];
  existing: ImportQuickReplies["existing"];
  send: (body: ImportQuickReplies) => Promise<readonly ImportOutcome[]>;
  /** Why a line is not sent at all; null when it is. */
  problemOf: (line: TableLine) => string | null;
  sentenceOf: (error: unknown) => string;
  onReport: (report: ImportReport) => void;
}): Promise<void> {
  const { lines, existing, send, problemOf, sentenceOf, onReport } = options;
  let report = emptyReport;
  const tell = (line: TableLine, reason: string) => ({ line: line.line, name: line.cells.name, reason });
  const wrong = lines.flatMap((line) => {
    const reason = problemOf(line);
    return reason === null ? [] : [tell(line, reason)];
  });
  const parts = partsOf(lines.filter((line) => problemOf(line) === null));
  report = { ...report, done: wrong.length, refused: wrong };
  onReport(report);
  for (const [index, part] of parts.entries()) {
    try {
      const outcomes = await send({ existing, lines: part.map(({ cells }) => cells) });
      report = { ...report };
      const refused = part.flatMap((line, place) => {
        const outcome = outcomes[place];
        if (outcome?.outcome === "refused") return [tell(line, outcome.message)];
        if (outcome) report[outcome.outcome] += 1;
        return [];
      });
      report.refused = inOrder([...report.refused, ...refused]);
      report.done += part.length;
      onReport(report);
    } catch (error) {
      const left = parts.slice(index).flat();
      const refused = left.map((line) => tell(line, sentenceOf(error)));
      onReport({
        ...report,
        done: report.done + left.length,
        refused: inOrder([...report.refused, ...refused]),
      });
      return;
    }
  }
}

const inOrder = (refused: ImportReport["refused"]) => refused.toSorted((one, other) => one.line - other.line);

function partsOf(lines: readonly TableLine[]): TableLine[][] {
  const parts: TableLine[][] = [];
  let bytes = 0;
  for (const line of lines) {
    const size = new Blob([JSON.stringify(line.cells)]).size;
    const last = parts.at(-1);
    if (last === undefined || last.length === importLinesLimit || bytes + size > BYTES_AT_ONCE) {
      parts.push([line]);
      bytes = size;
    } else {
      last.push(line);
      bytes += size;
    }
  }
  return parts;
}
