import { expect, test } from "vitest";
import { Accounts } from "./accounts.ts";
import { Bucket } from "./bucket.ts";

const rate = { burst: 10, perSecond: 5 };

test("a bucket gives its burst at once, and then so much a second", () => {
  const bucket = new Bucket(rate, 0);
  expect(bucket.wait(10, 0)).toBe(0);
  bucket.take(10, 0);
  expect(bucket.wait(1, 0)).toBe(200);
  expect(bucket.wait(1, 150)).toBeCloseTo(50);
  expect(bucket.wait(5, 1_000)).toBe(0);
  expect(bucket.wait(10, 3_600_000)).toBe(0);
  expect(bucket.wait(11, 3_600_000)).toBe(200);
});

test("a bucket goes no further below zero than it is deep", () => {
  const bucket = new Bucket(rate, 0);
  bucket.charge(1_000_000, 0);
  expect(bucket.share(0)).toBe(-1);
  expect(bucket.wait(1, 0)).toBe(2_200);
});

test("what was taken is reported once, and not at all once it has come back", () => {
  const bucket = new Bucket(rate, 0);
  bucket.take(4, 0);
  expect([bucket.reportSpent(), bucket.reportSpent()]).toEqual([4, 0]);
  bucket.take(4, 0);
  bucket.take(1, 60_000);
  expect(bucket.reportSpent()).toBe(1);
});

test("an account is kept while a socket is open or a bucket is not full", () => {
  const accounts = new Accounts(["says"]);
  const of = (now: number) => accounts.of("ann", { says: rate }, now);
  const account = of(0);
  const cut = () => undefined;
  account.open.add(cut);
  accounts.forgetIdle(0);
  expect(of(0)).toBe(account);
  account.open.delete(cut);
  account.buckets.says.take(5, 0);
  accounts.forgetIdle(500);
  expect(of(500)).toBe(account);
  accounts.forgetIdle(1_000);
  expect(of(1_000)).not.toBe(account);
});
