// @ts-check
import { runCommand } from "./lib/failure.js";
import { prepare } from "./lib/prepare.js";
import { runTogether } from "./lib/supervise.js";

await runCommand(async () => {
  await prepare(["server", "console", "widget"]);
  return runTogether([{ parameters: ["server/dist/main.js"], channel: true }]);
});
