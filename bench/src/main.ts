/** Load, latency and fault runs against the real server: `npm run bench -- --help` says what there is. */
import { runBrowser } from "./browser.ts";
import { Cleanup } from "./cleanup.ts";
import { sentenceOf } from "./failure.ts";
import { runFairness } from "./fairness.ts";
import { runFaults } from "./faults.ts";
import { toJson, toTable } from "./figures.ts";
import { readOptions } from "./options.ts";
import { run } from "./run.ts";
import { runSearch } from "./search.ts";
import { runVoice } from "./voice.ts";

const cleanup = new Cleanup();

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => void cleanup.run().then(() => process.exit(1)));
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (process.platform !== "linux") throw new Error("The bench reads /proc: it runs on Linux only.");
  if (options.command === "faults") return console.log(await runFaults(options, cleanup));
  if (options.command === "browser") return console.log(await runBrowser(options, cleanup));
  if (options.command === "fairness") return console.log(await runFairness(options, cleanup));
  if (options.command === "search") return console.log(await runSearch(options, cleanup));
  if (options.command === "voice") return console.log(await runVoice(options, cleanup));
  const figures = await run(options, cleanup);
  await cleanup.run();
  console.log(options.json ? toJson(figures) : toTable(figures));
}

try {
  await main();
} catch (error) {
  console.error(sentenceOf(error));
  process.exitCode = 1;
} finally {
  await cleanup.run();
}
