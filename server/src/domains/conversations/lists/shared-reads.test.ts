import { expect, test } from "vitest";
import { createSharedReads } from "./shared-reads.ts";

function slowReads() {
  const begun: PromiseWithResolvers<number>[] = [];
  const read = () => {
    const answer = Promise.withResolvers<number>();
    begun.push(answer);
    return answer.promise;
  };
  return { begun, read, shared: createSharedReads<number>() };
}

test("C3: all who ask while a read runs share the next one, which begins after they asked", async () => {
  const { begun, read, shared } = slowReads();
  const first = shared("list", read);
  const later = [shared("list", read), shared("list", read), shared("list", read)];
  expect(begun).toHaveLength(1);
  begun[0]?.resolve(1);
  expect(await first).toBe(1);
  await Promise.resolve();
  await expect.poll(() => begun.length).toBe(2);
  begun[1]?.resolve(2);
  expect(await Promise.all(later)).toEqual([2, 2, 2]);
});

test("C3: lists do not wait for each other, and a read that fails does not fail the next one", async () => {
  const { begun, read, shared } = slowReads();
  const failing = shared("one", read);
  const other = shared("other", read);
  const next = shared("one", read);
  begun[1]?.resolve(7);
  expect(await other).toBe(7);
  begun[0]?.reject(new Error("away"));
  await expect(failing).rejects.toThrow("away");
  await expect.poll(() => begun.length).toBe(3);
  begun[2]?.resolve(8);
  expect(await next).toBe(8);
});
