// @ts-check
import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";

/**
 * A process that takes the lock, tells so, and keeps it for a while.
 * @param {number} milliseconds
 */
function takeLock(milliseconds) {
  const script = `
    import { alone } from ${JSON.stringify(import.meta.resolve("./lock.js"))};
    await alone(async () => {
      console.log("in");
      await new Promise((resolve) => setTimeout(resolve, ${milliseconds}));
      console.log("out");
    });
  `;
  const owner = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  onTestFinished(() => void owner.kill("SIGKILL"));
  return owner;
}

test("what needs the lock runs one after the other", async () => {
  /** @type {string[]} */
  const events = [];
  const owners = [1, 2, 3].map((name) => {
    const owner = takeLock(100);
    owner.stdout.on("data", (chunk) => events.push(`${name} ${String(chunk).trim()}`));
    return owner;
  });
  await Promise.all(owners.map((owner) => once(owner, "close")));
  const names = events.filter((_event, index) => index % 2 === 0).map((event) => event.slice(0, 1));
  expect(events).toEqual(names.flatMap((name) => [`${name} in`, `${name} out`]));
  expect(names.toSorted()).toEqual(["1", "2", "3"]);
});

test("the lock of a killed owner does not count", async () => {
  const killed = takeLock(60_000);
  await once(killed.stdout, "data");
  killed.kill("SIGKILL");
  await once(killed, "close");
  const next = takeLock(0);
  const [code] = await once(next, "close");
  expect(code).toBe(0);
});
