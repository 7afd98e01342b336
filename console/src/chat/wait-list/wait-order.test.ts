import { createForgivingStorage, createMemoryStorage } from "@grata/client/storage";
import { expect, test } from "vitest";
import { inWaitOrder, readWaitOrder, rememberWaitOrder } from "./wait-order.ts";

test("C3: who waits longest comes first, until somebody turns it around", () => {
  const storage = createForgivingStorage(createMemoryStorage());
  expect(readWaitOrder(storage)).toBe("longest");
  rememberWaitOrder(storage, "newest");
  expect(readWaitOrder(storage)).toBe("newest");
});

test("C3: turning the order around leaves the list itself as it is", () => {
  const items = ["first", "second"];
  expect(inWaitOrder(items, "longest")).toEqual(["first", "second"]);
  expect(inWaitOrder(items, "newest")).toEqual(["second", "first"]);
  expect(items).toEqual(["first", "second"]);
});
