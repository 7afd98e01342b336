import { createMemoryStorage } from "@grata/client/storage";
import type { FrameMessage } from "@grata/contract/embedding";
import { expect, test } from "vitest";
import { createVisitorTokens } from "./visitor-tokens.ts";

function carriedBy(kept: string | null) {
  const told: FrameMessage[] = [];
  return { told, post: (message: FrameMessage) => told.push(message), token: async () => kept };
}

test("D1 the token lies in the frame's own storage, and the shop's page never sees it", async () => {
  const page = carriedBy("of the page");
  const storage = createMemoryStorage();
  const tokens = createVisitorTokens({ storage, lasting: true }, page, "channel");
  expect(await tokens.read()).toBe(null);
  tokens.keep("secret");
  expect(await createVisitorTokens({ storage, lasting: true }, page, "channel").read()).toBe("secret");
  expect(await createVisitorTokens({ storage, lasting: true }, page, "other").read()).toBe(null);
  tokens.forget();
  expect(await tokens.read()).toBe(null);
  expect(page.told).toEqual([]);
});

test("D1 where the frame has no storage, the page keeps the token", async () => {
  const page = carriedBy("of the page");
  const tokens = createVisitorTokens({ storage: createMemoryStorage(), lasting: false }, page, "channel");
  expect(await tokens.read()).toBe("of the page");
  tokens.keep("secret");
  expect(await tokens.read()).toBe("secret");
  tokens.forget();
  expect(page.told).toEqual([
    { source: "grata", type: "token", token: "secret" },
    { source: "grata", type: "token", token: null },
  ]);
});
