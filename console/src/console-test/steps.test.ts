import { expect, test } from "vitest";
import { activeStep, readTicks, steps } from "./steps.ts";

test("C7: what was ticked before is known again, and what is not to be understood is as good as nothing", () => {
  expect(
    readTicks(JSON.stringify({ sound: "done", voice: "skipped", dance: "done", close: "maybe" })),
  ).toEqual({
    sound: "done",
    voice: "skipped",
  });
  for (const kept of [null, "", "null", "[]", "{", "7"]) expect(readTicks(kept)).toEqual({});
});

test("C7: it is the turn of the first step that is neither done nor skipped", () => {
  expect(activeStep({})).toBe("permission");
  expect(activeStep({ permission: "skipped", waitList: "done" })).toBe("sound");
  expect(activeStep(Object.fromEntries(steps.map((step) => [step, "done"])))).toBeUndefined();
});
