// @ts-check
import { spawn } from "node:child_process";
import { expect, onTestFinished, test } from "vitest";

/** A script of npm that asks to be told of the end of its caller only after that has ended. */
const script = `
  import { onCallerGone } from ${JSON.stringify(import.meta.resolve("./caller.js"))};
  const parent = process.ppid;
  console.log("loaded", process.pid);
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    const kept = setInterval(() => {}, 1000);
    onCallerGone(() => {
      console.log("gone");
      clearInterval(kept);
    });
  }, 10);
`;

test("a caller that is killed while the script still loads is noticed", async () => {
  const shell = spawn(
    "sh",
    ["-c", '"$@" & wait', "sh", process.execPath, "--input-type=module", "-e", script],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, npm_lifecycle_event: "start" },
    },
  );
  let output = "";
  shell.stdout.on("data", (chunk) => {
    output += chunk;
  });
  await expect.poll(() => output, { timeout: 10_000 }).toMatch(/loaded \d+/);
  const scriptId = Number(/loaded (\d+)/.exec(output)?.[1]);
  onTestFinished(() => {
    if (!output.includes("gone")) process.kill(scriptId, "SIGKILL");
  });
  shell.kill("SIGKILL");
  await expect.poll(() => output, { timeout: 10_000 }).toContain("gone");
});
