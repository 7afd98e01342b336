// @ts-check
import { runCommand } from "./lib/failure.js";
import { prepare } from "./lib/prepare.js";
import { runInFront } from "./lib/supervise.js";

await runCommand(async () => {
  await prepare(["server"]);
  return runInFront(["server/dist/grata.js", ...process.argv.slice(2)]);
});
