import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { migrationsFolder } from "../../configuration/repository.ts";

/**
 * How a migration is done. `transaction`: as a whole. `concurrently`: indexes, each built beside the writers and
 * outside of a transaction. `backfill`: one statement, slice after slice.
 */
type Way = "transaction" | "concurrently" | "backfill";

export type Migration = {
  name: string;
  /** The moment of its making: the mark by which databases and programs know it, and their order. */
  step: number;
  hash: string;
  way: Way;
  /** Programs that do not know this migration store no entries from its commit on. */
  fence: boolean;
  statements: string[];
};

const journalSchema = z.object({ entries: z.array(z.object({ tag: z.string(), when: z.int() })) });
const marks = z.enum(["concurrently", "backfill", "fence"]);
const indexStatement = /^(CREATE (UNIQUE )?INDEX CONCURRENTLY|DROP INDEX CONCURRENTLY IF EXISTS) "\w+"/;

/** Reads all migrations that this program knows, in their order. Throws where a file breaks the rules of its way. */
export function readMigrations(folder = migrationsFolder): Migration[] {
  const journal = journalSchema.parse(JSON.parse(readFileSync(join(folder, "meta/_journal.json"), "utf8")));
  return journal.entries.map(({ tag, when }) =>
    parseMigration(tag, when, readFileSync(join(folder, `${tag}.sql`), "utf8")),
  );
}

/** The newest migration that this program knows. */
export function newestStep(migrations = readMigrations()): number {
  return Math.max(0, ...migrations.map(({ step }) => step));
}

/** A first line such as `-- grata: backfill` says what is special about a migration. */
export function parseMigration(name: string, step: number, text: string): Migration {
  const word = /^-- grata:\s*(.*?)\s*$/m.exec(text.split("\n", 1)[0] ?? "")?.[1];
  const mark = word === undefined ? null : marks.parse(word);
  const statements = text
    .split("--> statement-breakpoint")
    .map(withoutLeadingComments)
    .filter((one) => one !== "");
  const way = mark === "fence" || mark === null ? "transaction" : mark;
  const problem = problemOf(way, statements);
  if (problem !== null) throw new Error(`The migration ${name} ${problem}.`);
  const hash = createHash("sha256").update(text).digest("hex");
  return { name, step, hash, way, fence: mark === "fence", statements };
}

function problemOf(way: Way, statements: string[]): string | null {
  switch (way) {
    case "transaction":
      return statements.some((one) => indexStatement.test(one))
        ? "builds an index CONCURRENTLY and does not begin with `-- grata: concurrently`"
        : null;
    case "concurrently":
      return statements.every((one) => indexStatement.test(one))
        ? null
        : "may only hold CREATE INDEX CONCURRENTLY and DROP INDEX CONCURRENTLY IF EXISTS, with quoted names";
    case "backfill":
      return statements.length === 1 && statements[0]?.includes("$1")
        ? null
        : "must be one statement that names its organisation, $1";
  }
}

function withoutLeadingComments(statement: string): string {
  return statement.replace(/^(?:\s+|--[^\n]*(?:\n|$))*/, "").trimEnd();
}
