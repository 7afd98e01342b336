// @ts-check
import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, onTestFinished, test } from "vitest";

/** A program that tells each stop it is asked for, needs a moment for it, and ends with code 7. */
const program = `
  const stop = (cause) => { console.log("stop by " + cause); setTimeout(() => process.exit(7), 300); };
  process.on("SIGINT", stop).on("SIGTERM", stop).on("disconnect", () => stop("disconnect"));
  setInterval(() => {}, 1000);
  console.log("ready", process.pid);
`;

async function startStarter() {
  const script = `
    import { runTogether } from ${JSON.stringify(import.meta.resolve("./supervise.js"))};
    const parameters = ["--eval", ${JSON.stringify(program)}];
    process.exitCode = await runTogether([{ parameters, channel: true }]);
  `;
  const starter = spawn(process.execPath, ["--input-type=module", "--eval", script], {
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  onTestFinished(() => void starter.kill("SIGKILL"));
  let output = "";
  starter.stdout.on("data", (chunk) => {
    output += chunk;
  });
  await expect.poll(() => output, { timeout: 10_000 }).toMatch(/ready \d+/);
  return {
    starter,
    programId: Number(/ready (\d+)/.exec(output)?.[1]),
    stops: () => output.match(/stop by \w+/g),
  };
}

test("a Ctrl-C reaches the program once, also when npm repeats it, and its exit code comes back", async () => {
  const { starter, stops } = await startStarter();
  process.kill(-Number(starter.pid), "SIGINT");
  await expect.poll(stops).not.toBeNull();
  starter.kill("SIGINT");
  const [code] = await once(starter, "close");
  expect(stops()).toEqual(["stop by SIGINT"]);
  expect(code).toBe(7);
});

test("a program whose starter is killed notices", async () => {
  const { starter, stops } = await startStarter();
  starter.kill("SIGKILL");
  await once(starter, "close");
  expect(stops()).toEqual(["stop by disconnect"]);
});

test("a starter dies of the signal that killed its program", async () => {
  const { starter, programId } = await startStarter();
  process.kill(programId, "SIGKILL");
  const [, signal] = await once(starter, "close");
  expect(signal).toBe("SIGKILL");
});
