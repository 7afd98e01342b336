import { describe, expect, test } from "vitest";
import { readUsersSearch, sortedBy } from "./users-search.ts";

describe("B2: the address of the users list", () => {
  test("keeps search, filters and order", () => {
    const address = { search: "mei", status: "locked", role: "admin", language: "en", sort: "lastSeen" };
    expect(readUsersSearch(address)).toEqual(address);
  });

  test.each([
    { search: "", status: "gone", role: "owner", language: "tlh" },
    { sort: "password", direction: "sideways" },
    { search: ["a"], status: 1 },
    {},
  ])("leaves out what does not belong there: %j", (address) => {
    expect(readUsersSearch(address)).toEqual({});
  });

  test("takes digits for a text", () => {
    expect(readUsersSearch({ search: 42 })).toEqual({ search: "42" });
  });
});

describe("B2: a click on the heading of a column", () => {
  test("sorts by it, and turns it round when it is clicked again", () => {
    const once = sortedBy({ role: "agent" }, "lastSeen");
    expect(once).toEqual({ role: "agent", sort: "lastSeen" });
    const twice = sortedBy(once, "lastSeen");
    expect(twice).toEqual({ role: "agent", sort: "lastSeen", direction: "descending" });
    expect(sortedBy(twice, "lastSeen")).toEqual(once);
  });

  test("knows that the list stands by name to begin with", () => {
    expect(sortedBy({}, "name")).toEqual({ direction: "descending" });
    expect(sortedBy({ sort: "role", direction: "descending" }, "name")).toEqual({});
  });
});
