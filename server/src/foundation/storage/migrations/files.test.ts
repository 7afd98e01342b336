import { describe, expect, test } from "vitest";
import { parseMigration, readMigrations } from "./files.ts";

const parse = (text: string) => parseMigration("0099_tried", 1, text);

describe("a migration", () => {
  test("H1: is done as a whole, unless its first line says otherwise", () => {
    expect(parse("ALTER TABLE a ADD b text;\n--> statement-breakpoint\n-- Why.\nSELECT 1;\n")).toMatchObject({
      way: "transaction",
      fence: false,
      statements: ["ALTER TABLE a ADD b text;", "SELECT 1;"],
    });
    expect(parse("-- grata: fence\nALTER TABLE a ADD b text;")).toMatchObject({
      way: "transaction",
      fence: true,
    });
    expect(parse('-- grata: concurrently\nCREATE INDEX CONCURRENTLY "i" ON a (b);').way).toBe("concurrently");
    expect(parse("-- grata: backfill\nSELECT $1::uuid").way).toBe("backfill");
  });

  test.each([
    ["-- grata: sometimes\nSELECT 1", /fence/],
    [
      'CREATE UNIQUE INDEX CONCURRENTLY "i" ON a (b);',
      /^The migration 0099_tried builds an index CONCURRENTLY/,
    ],
    ['-- grata: concurrently\nCREATE INDEX "i" ON a (b);', /^The migration 0099_tried may only hold/],
    ["-- grata: concurrently\nCREATE INDEX CONCURRENTLY i ON a (b);", /with quoted names\.$/],
    ["-- grata: backfill\nUPDATE a SET b = 1", /must be one statement that names its organisation, \$1\.$/],
    ["-- grata: backfill\nSELECT $1\n--> statement-breakpoint\nSELECT $1", /must be one statement/],
  ])("H1: is refused where it breaks the rules of its way: %s", (text, problem) => {
    expect(() => parse(text)).toThrow(problem);
  });
});

describe("the shipped migrations", () => {
  test("H1: stand in the order of their making", () => {
    const steps = readMigrations().map(({ step }) => step);
    expect(steps).toEqual([...steps].sort((one, other) => one - other));
    expect(new Set(steps).size).toBe(steps.length);
  });

  /** Those before this were written when every index was built in the transaction. */
  const firstCareful = "0016";

  test("H1: lock no table that has rows for as long as an index takes", () => {
    const careless = readMigrations()
      .filter(({ name, way }) => name >= firstCareful && way === "transaction")
      .flatMap(({ name, statements }) => {
        const all = statements.join("\n");
        const made = new Set([...all.matchAll(/CREATE TABLE "(\w+)"/g)].map(([, table]) => table));
        const indexed = [...all.matchAll(/CREATE (?:UNIQUE )?INDEX [^;]*? ON (?:"public"\.)?"?(\w+)"?/g)];
        return indexed.filter(([, table]) => !made.has(table)).map(([statement]) => `${name}: ${statement}`);
      });
    expect(careless).toEqual([]);
  });
});
