import { expect, test } from "vitest";
import { createOutage } from "./outage.ts";

test("H1: an outage is two lines in the log, however many requests notice it, and tells its innermost cause", () => {
  const logged: string[] = [];
  const log = { warn: (sentence: string) => logged.push(sentence) };
  const outage = createOutage(log, { gone: "It went", back: "It came back" });
  outage.ended();
  expect(logged).toEqual([]);

  const cause = Object.assign(new Error("could not write: a secret"), {
    code: "53100",
    severity: "ERROR",
  });
  for (let times = 0; times < 3; times++)
    outage.began(new Error("Failed query: params: a secret", { cause }));
  outage.began(new Error("another one"));
  expect(logged).toEqual(["It went: no room: disk, memory or connections (53100)"]);
  expect(outage.isUnderWay()).toBe(true);

  for (let times = 0; times < 3; times++) outage.ended();
  expect(logged.slice(1)).toEqual([expect.stringMatching(/^It came back, after \d+\.\d s$/)]);
  outage.began(new Error("again"));
  expect(logged.at(-1)).toBe("It went: again");
});
