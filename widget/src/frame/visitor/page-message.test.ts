import { pageMessage } from "@grata/contract/embedding";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isPageMessage } from "./page-message.ts";

test("D1: the window takes exactly the messages of the contract", () => {
  const text = fc.oneof(fc.string(), fc.constant(null), fc.integer());
  const candidate = fc.oneof(
    fc.anything(),
    fc.record(
      {
        source: fc.oneof({ weight: 9, arbitrary: fc.constant("grata") }, fc.anything()),
        type: fc.constantFrom("hello", "open", "closed", "page", "identity", "ready", "token", ""),
        token: text,
        identity: text,
        full: fc.oneof(fc.boolean(), fc.integer()),
        url: text,
        title: text,
        referrer: text,
      },
      { requiredKeys: [] },
    ),
  );
  let taken = 0;
  fc.assert(
    fc.property(candidate, (data) => {
      const expected = pageMessage.safeParse(data).success;
      taken += Number(expected);
      expect(isPageMessage(data)).toBe(expected);
    }),
    { seed: 20_261_122, numRuns: 4_000 },
  );
  expect(taken).toBeGreaterThan(100);
});
