import { expect, test } from "vitest";
import { pathWith } from "./path-with.ts";

test("B2: the address of a page says what is looked for and where to go on", () => {
  expect(pathWith("/list", {}, "")).toBe("/list");
  expect(pathWith("/list", { search: "a&b 林", role: undefined, from: 5 }, "")).toBe(
    "/list?search=a%26b+%E6%9E%97&from=5",
  );
  expect(pathWith("/list", { search: "" }, "next one")).toBe("/list?cursor=next+one");
});
