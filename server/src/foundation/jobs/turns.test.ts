import { expect, test } from "vitest";
import { Refusal } from "../refusal/refusal.ts";
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

test("A3, C4, C5: so many run at once, the next ones in their order, and one too many is turned away", async () => {
  const takeTurn = createTurns({ atOnce: 1, waitingAtMost: 2, refusal: () => new Refusal("unavailable") });
  const [first, second, third, fourth] = [task(), task(), task(), task()];
  const results = [first, second, third].map(({ run }) => takeTurn(run));
  await expect(takeTurn(fourth.run)).rejects.toMatchObject({ code: "unavailable" });
  expect(fourth.begun()).toBe(false);
  expect([first, second, third].map(({ begun }) => begun())).toEqual([true, false, false]);
  first.reject(new Error("damaged"));
  await expect(results[0]).rejects.toThrow("damaged");
  await expect.poll(second.begun).toBe(true);
  expect(third.begun()).toBe(false);
  second.resolve("second");
  third.resolve("third");
  expect(await Promise.all(results.slice(1))).toEqual(["second", "third"]);
  fourth.resolve("fourth");
  expect(await takeTurn(fourth.run)).toBe("fourth");
});
