import { expect, test } from "vitest";
import { createTurns } from "./turns.ts";

function task() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let begun = false;
  return {
    begun: () => begun,
    resolve,
    reject,
    run: () => {
      begun = true;
      return promise;
    },
  };
}

test("C5: so many are converted at once, the next ones in their order, and one too many is turned away", async () => {
  const turns = createTurns(1, 2);
  const [first, second, third, fourth] = [task(), task(), task(), task()];
  const results = [first, second, third].map(({ run }) => turns.run(run));
  expect(turns.run(fourth.run)).toBeUndefined();
  expect([first, second, third].map(({ begun }) => begun())).toEqual([true, false, false]);
  first.reject(new Error("damaged"));
  await expect(results[0]).rejects.toThrow("damaged");
  await expect.poll(second.begun).toBe(true);
  expect(third.begun()).toBe(false);
  second.resolve("second");
  third.resolve("third");
  expect(await Promise.all(results.slice(1))).toEqual(["second", "third"]);
  expect(turns.run(fourth.run)).toBeDefined();
});
