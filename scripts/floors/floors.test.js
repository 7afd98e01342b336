// @ts-check
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { at } from "../lib/paths.js";
import { circles, strangers, wrongWays } from "./judge.js";
import { importsOf } from "./read-imports.js";

const sources = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: at(""),
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => /\.(ts|tsx|js)$/.test(file) && existsSync(at(file)));

/** Tests, and what only they use, may look into every room. */
const program = sources.filter((file) => !/\.(test|spec)\.[jt]sx?$|(^|\/)testing\//.test(file));
const imports = program.flatMap(importsOf);

test("every source folder is in the table of floors", () => {
  expect(program.length).toBeGreaterThan(500);
  expect(strangers(sources)).toEqual([]);
});

test("imports go down the floors", () => {
  expect(imports.length).toBeGreaterThan(2_000);
  expect(wrongWays(imports)).toEqual([]);
});

test("rooms form no circle", () => {
  expect(circles(imports)).toEqual([]);
});

test("an import that goes up, a circle and a stranger's folder are found", () => {
  const up = { from: "server/src/foundation/http/page.ts", to: "server/src/domains/team/invite.ts" };
  expect(wrongWays([up])).toEqual([
    "server/src/foundation/http/page.ts imports server/src/domains/team/invite.ts: domains/team is a floor above foundation/http.",
  ]);
  const [one, other] = ["server/src/domains/team/a.ts", "server/src/domains/mails/b.ts"];
  expect(circles([{ from: one, to: other }])).toEqual([]);
  expect(
    circles([
      { from: one, to: other },
      { from: other, to: one },
    ]),
  ).toEqual([["server/src/domains/mails", "server/src/domains/team"]]);
  expect(strangers(["server/src/domains/parrots/feed.ts"])).toHaveLength(1);
  expect(wrongWays([{ from: "contract/src/a.ts", to: "@grata/client/log" }])).toHaveLength(1);
});
