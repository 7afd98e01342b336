import { type ImportLine, type ImportOutcome, importLinesLimit } from "@grata/contract/quick-replies";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auditOf, makeTeam, outcomeIn, sqlOn } from "../../../testing/scenes/team.ts";
import { startTestNode, type TestNode } from "../../../testing/servers/test-node.ts";
import { guardCell, unguardCell, writeCsv } from "./csv-cells.ts";

let node: TestNode;
let team: Awaited<ReturnType<typeof makeTeam>>;

beforeAll(async () => {
  node = await startTestNode();
  team = await makeTeam(node);
});
afterAll(() => node.stop());

const path = "/api/quick-replies";
const line = (cells: Partial<ImportLine>): ImportLine => ({
  name: "",
  category: "",
  en: "",
  "zh-Hans": "",
  "zh-Hant": "",
  ...cells,
});
const bring = async (
  lines: Partial<ImportLine>[],
  existing = "keep",
  ask = team.ask,
): Promise<ImportOutcome[]> =>
  JSON.parse((await ask("POST", `${path}/import`, { existing, lines: lines.map(line) })).text).lines;
const codes = (outcomes: ImportOutcome[]) =>
  outcomes.map((outcome) => (outcome.outcome === "refused" ? outcome.code : outcome.outcome));

const hostile = [
  "=cmd|' /C calc'!A0",
  "+1+1",
  "-2+3",
  "@SUM(A1)",
  "\t=1",
  "\r=1",
  "\n=1",
  "  =1+1",
  "＝1＋1",
  "'=1",
  "''=1",
];

describe("C10: a cell of a table", () => {
  test.each(hostile)("C10: %j is text to a spreadsheet, and comes back as it was", (value) => {
    expect(guardCell(value)).toBe(`'${value}`);
    expect(unguardCell(guardCell(value))).toBe(value);
  });

  test.each(["plain", "'quoted'", "it's", "1 = 1", "", "'", "$username, hello"])(
    "C10: %j needs no guard",
    (value) => {
      expect(guardCell(value)).toBe(value);
      expect(unguardCell(value)).toBe(value);
    },
  );

  test("C10: quotes, commas and line ends stay inside their cell", () => {
    expect(writeCsv([['a "b"', "c,d", "e\nf"]])).toBe('\uFEFF"a ""b""","c,d","e\nf"\r\n');
  });
});

describe("C10: a table of quick replies", () => {
  test("C10: good lines are taken, and each bad one is told why", async () => {
    const mine = await makeTeam(node);
    const outcomes = await bring(
      [
        { name: "Good", en: "Hello" },
        { name: "", en: "Hello" },
        { name: "No text" },
        { name: "Too long", en: "x".repeat(2_001) },
        { name: "good", en: "again" },
        { name: "Nul", en: "\0" },
        { name: "a\u202eb", en: "turned" },
        { name: "Last", category: "Other", "zh-Hant": "您好" },
      ],
      "keep",
      mine.ask,
    );
    expect(codes(outcomes)).toEqual([
      "created",
      "name_empty",
      "quick_reply_empty",
      "quick_reply_too_long",
      "quick_reply_taken",
      "quick_reply_not_text",
      "name_not_text",
      "created",
    ]);
    const page = JSON.parse((await mine.ask("GET", path)).text);
    expect(page.quickReplies).toMatchObject([
      { name: "Good" },
      { name: "Last", texts: { "zh-Hant": "您好" } },
    ]);
  });

  test("C10: what is there already stays, or is replaced, as the admin chooses", async () => {
    await bring([{ name: "There", category: "C", en: "old", "zh-Hans": "旧" }]);
    expect(codes(await bring([{ name: "there", category: "c", en: "new" }]))).toEqual(["quick_reply_taken"]);
    const again = { name: "There", category: "C", en: "new" };
    expect(codes(await bring([again, again], "replace"))).toEqual(["replaced", "quick_reply_taken"]);
    expect(codes(await bring([again], "replace"))).toEqual(["unchanged"]);
    const page = JSON.parse((await team.ask("GET", `${path}?search=there`)).text);
    expect(page.quickReplies).toMatchObject([{ texts: { en: "new" } }]);
    expect(page.quickReplies[0].texts).toEqual({ en: "new" });
    const actions = (await auditOf(node, page.quickReplies[0].id)).map(({ action }) => action);
    expect(actions).toEqual(["quick_reply.created", "quick_reply.changed"]);
  });

  test("C10: is exported without a formula in it, and taken back the same", async () => {
    const mine = await makeTeam(node);
    const texts = hostile.map((en, index) => ({ name: `${index} "=", x`, category: "=C", en: `x\n${en}` }));
    const formulas = hostile.map((en, index) => ({ name: `@${index}`, category: "+C", en }));
    await bring([...texts, ...formulas], "keep", mine.ask);
    const answer = await mine.ask("GET", `${path}/export`);
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(answer.headers.get("content-disposition")).toBe('attachment; filename="quick-replies.csv"');
    expect(answer.text.startsWith('"name"') || answer.text.startsWith('\uFEFF"name"')).toBe(true);
    const cells = [...answer.text.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = ""]) => cell);
    expect(cells.filter((cell) => /^[\s]*[=+\-@＝＋－＠]/.test(cell))).toEqual([]);
    expect(cells).toContain("'=C");
    const lines = Array.from({ length: cells.length / 5 }, (_, row) => cells.slice(row * 5, row * 5 + 5))
      .slice(1)
      .map((row) => row.map((cell) => cell.replaceAll('""', '"')))
      .map(([name = "", category = "", en = ""]) => ({ name, category, en }));
    expect(new Set(codes(await bring(lines, "replace", mine.ask)))).toEqual(new Set(["unchanged"]));
  });

  test("C10: of ten thousand lines those are taken for which there is room", async () => {
    const mine = await makeTeam(node);
    const counts: Record<string, number> = {};
    for (let first = 0; first < 10_000; first += importLinesLimit) {
      const lines = Array.from({ length: importLinesLimit }, (_, index) => ({
        name: `Reply ${first + index}`,
        en: "Hello",
      }));
      for (const code of codes(await bring(lines, "keep", mine.ask))) counts[code] = (counts[code] ?? 0) + 1;
    }
    expect(counts).toEqual({ created: 5_000, too_many_quick_replies: 5_000 });
    const [noted] = await sqlOn<{ count: number }>(
      node,
      "SELECT count(*)::int AS count FROM audit_entries WHERE organisation_id = $1 AND action = 'quick_reply.created'",
      [mine.organisationId],
    );
    expect(noted?.count).toBe(5_000);
  });

  test.each([
    ["no lines", []],
    ["more lines than a request may have", Array.from({ length: importLinesLimit + 1 }, () => line({}))],
    ["a line without all its cells", [{ name: "x", en: "y" }]],
    ["a line that is none", ["x"]],
    ["an operator in a cell", [{ ...line({}), en: { $ne: "" } }]],
  ])("C10: %s is refused as a whole", async (_what, lines) => {
    expect(outcomeIn(await team.ask("POST", `${path}/import`, { existing: "keep", lines }))).toBe(
      "request_invalid",
    );
  });
});
