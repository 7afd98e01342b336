import { describe, expect, test } from "vitest";
import { readSignInSearch } from "./sign-in-search.ts";

describe("A3: the address of the sign-in page", () => {
  test("says why the session ended and where to go on", () => {
    const search = { ended: "expired", to: "/console/chats/42" };
    expect(readSignInSearch(search)).toEqual(search);
  });

  test.each([
    { to: "https://example.com/console" },
    { to: "//example.com" },
    { to: "/consolefake" },
    { to: "/api/session" },
    { to: 1 },
    { ended: "for fun" },
    {},
  ])("%j leads nowhere else", (search) => {
    expect(readSignInSearch(search)).toEqual({});
  });
});
