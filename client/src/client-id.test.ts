import { clientId } from "@grata/contract/entries";
import { afterEach, expect, test, vi } from "vitest";
import { createClientId } from "./client-id.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

test("C4 client ids are what the contract wants, on plain http too, and all different", () => {
  const made = [createClientId()];
  vi.stubGlobal("crypto", {
    getRandomValues: (bytes: Uint8Array) => bytes.map(() => Math.floor(Math.random() * 256)),
  });
  made.push(...Array.from({ length: 200 }, createClientId));
  expect(made.filter((id) => !clientId.safeParse(id).success)).toEqual([]);
  expect(new Set(made).size).toBe(made.length);
});
