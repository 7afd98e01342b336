import { expect, test } from "vitest";
import { BenchFailure } from "./failure.ts";
import { readOptions } from "./options.ts";

test("without parameters it is the long run with 50 pairs", () => {
  expect(readOptions([])).toMatchObject({
    command: "run",
    quick: false,
    json: false,
    pairs: 50,
    inFlight: 1,
  });
});

test("the fault run has its own number of pairs", () => {
  expect(readOptions(["faults", "--kills", "5"])).toMatchObject({ command: "faults", pairs: 20, kills: 5 });
});

test.each([["--pairs=0"], ["--pairs=many"], ["--fast"], ["measure"], ["run", "faults"]])(
  "%s is refused with the list of what there is",
  (...parameters) => {
    expect(() => readOptions(parameters)).toThrow(BenchFailure);
    expect(() => readOptions(parameters)).toThrow("Usage: npm run bench");
  },
);
