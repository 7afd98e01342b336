import { type ImportOutcome, type ImportQuickReplies, importLinesLimit } from "@grata/contract/quick-replies";
import { describe, expect, test } from "vitest";
import { type ImportReport, importLines } from "./import-lines.ts";
import type { TableLine } from "./read-table.ts";

const lineOf = (line: number, en = "Hello", problem: TableLine["problem"] = null): TableLine => ({
  line,
  cells: { name: `Reply ${line}`, category: "", en, "zh-Hans": "", "zh-Hant": "" },
  problem,
});

async function run(
  lines: TableLine[],
  answer: (body: ImportQuickReplies, request: number) => ImportOutcome[],
) {
  const sent: ImportQuickReplies[] = [];
  const reports: ImportReport[] = [];
  await importLines({
    lines,
    existing: "keep",
    send: async (body) => answer(body, sent.push(body)),
    problemOf: ({ problem }) => problem?.kind ?? null,
    sentenceOf: () => "The server is away.",
    onReport: (report) => reports.push(report),
  });
  return { sent, reports, last: reports.at(-1) };
}

const created = ({ lines }: ImportQuickReplies): ImportOutcome[] => lines.map(() => ({ outcome: "created" }));

describe("C10: an import", () => {
  test("C10: of ten thousand lines goes in parts, and tells of each", async () => {
    const lines = Array.from({ length: 10_000 }, (_, index) => lineOf(index + 2));
    const { sent, reports, last } = await run(lines, created);
    expect(sent).toHaveLength(10_000 / importLinesLimit);
    expect(reports).toHaveLength(sent.length + 1);
    expect(last).toEqual({ done: 10_000, created: 10_000, replaced: 0, unchanged: 0, refused: [] });
  });

  test("C10: of long Chinese texts never sends more than a request may have", async () => {
    const lines = Array.from({ length: 100 }, (_, index) => lineOf(index + 2, "长".repeat(2_000)));
    const { sent, last } = await run(lines, created);
    for (const body of sent) expect(new Blob([JSON.stringify(body)]).size).toBeLessThan(128 * 1_024);
    expect(last?.created).toBe(100);
  });

  test("C10: names every line that was not taken, in the order of the file", async () => {
    const lines = [lineOf(2), lineOf(3, "x", { kind: "cells" }), lineOf(4), lineOf(5)];
    const { sent, last } = await run(lines, () => [
      { outcome: "refused", code: "quick_reply_taken", message: "It is there." },
      { outcome: "unchanged" },
      { outcome: "replaced" },
    ]);
    expect(sent[0]?.lines.map(({ name }) => name)).toEqual(["Reply 2", "Reply 4", "Reply 5"]);
    expect(last).toEqual({
      done: 4,
      created: 0,
      replaced: 1,
      unchanged: 1,
      refused: [
        { line: 2, name: "Reply 2", reason: "It is there." },
        { line: 3, name: "Reply 3", reason: "cells" },
      ],
    });
  });

  test("C10: that breaks off keeps what was taken, and names the rest", async () => {
    const lines = Array.from({ length: 500 }, (_, index) => lineOf(index + 2));
    const { last } = await run(lines, (body, request) => {
      if (request === 2) throw new Error("away");
      return created(body);
    });
    expect(last).toMatchObject({ done: 500, created: 200 });
    expect(last?.refused).toHaveLength(300);
    expect(last?.refused[0]).toEqual({ line: 202, name: "Reply 202", reason: "The server is away." });
  });
});
