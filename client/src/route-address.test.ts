import { expect, test } from "vitest";
import { pathOf, withQuery } from "./route-address.ts";

test("H3: a path takes what stands in the place of its names, and nothing else of an address", () => {
  const path = "/api/customers/:customerId/notes/:noteId";
  expect(pathOf({ path }, { customerId: "one", noteId: "a/b?c 林" })).toBe(
    "/api/customers/one/notes/a%2Fb%3Fc%20%E6%9E%97",
  );
});

test("B2: an address says what is looked for and where to go on, and leaves out what is empty", () => {
  expect(withQuery("/list", {})).toBe("/list");
  expect(withQuery("/list", { search: "a&b 林", role: undefined, from: 5 })).toBe(
    "/list?search=a%26b+%E6%9E%97&from=5",
  );
  expect(withQuery("/list", { search: "", cursor: "next one" })).toBe("/list?cursor=next+one");
});
