import { frameMessage } from "@grata/contract/embedding";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isFrameMessage } from "./frame-link.ts";

test("D1 the loader takes exactly the messages of the contract", () => {
  const candidate = fc.oneof(
    fc.anything(),
    fc.record(
      {
        source: fc.oneof({ weight: 4, arbitrary: fc.constant("grata") }, fc.anything()),
        type: fc.constantFrom("ready", "close", "unread", "token", "open", "closed", ""),
        count: fc.oneof(fc.integer(), fc.double(), fc.string()),
        token: fc.oneof(fc.string(), fc.constant(null), fc.integer()),
      },
      { requiredKeys: [] },
    ),
  );
  fc.assert(
    fc.property(candidate, (data) => {
      expect(isFrameMessage(data)).toBe(frameMessage.safeParse(data).success);
    }),
    { seed: 20_261_121, numRuns: 2_000 },
  );
});
