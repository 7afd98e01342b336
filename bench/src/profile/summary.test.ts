import { expect, test } from "vitest";
import { type CpuProfile, costsByFunction, costsByPlace } from "./summary.ts";

const frame = (id: number, functionName: string, url: string) => ({
  id,
  callFrame: { functionName, url, lineNumber: 9 },
});

const profile: CpuProfile = {
  nodes: [
    frame(1, "(idle)", ""),
    frame(2, "append", "file:///srv/grata/server/src/domains/conversations/send.ts"),
    frame(3, "parse", "file:///srv/grata/node_modules/@scope/parser/lib/index.js"),
    frame(4, "writev", ""),
  ],
  samples: [2, 3, 1, 2, 4],
  timeDeltas: [0, 1000, 2000, 5000, 3000],
};

test("each function is charged with its own time, and nobody with the idle time", () => {
  expect(costsByFunction(profile)).toEqual([
    { where: "append server/src/domains/conversations/send.ts:10", milliseconds: 4 },
    { where: "parse node_modules/@scope/parser/lib/index.js:10", milliseconds: 2 },
    { where: "writev", milliseconds: 0 },
  ]);
});

test("the same by folder and package", () => {
  expect(costsByPlace(profile).map(({ where }) => where)).toEqual([
    "server/src/domains/conversations",
    "@scope/parser",
    "(native)",
  ]);
});
