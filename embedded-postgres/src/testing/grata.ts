/**
 * A Grata that is nothing but its database, as a process of its own that tests can kill:
 * `node grata.ts start|attach <data folder>`. It prints one line of JSON for each thing that happens, stops in an
 * orderly way when it reads a line, and ends like the real one on a StartupProblem.
 */
import { StartupProblem } from "../startup-problem.ts";
import { attachEmbeddedPostgres, startEmbeddedPostgres } from "../supervise.ts";

const [, , mode, dataFolder = ""] = process.argv;

try {
  const log = (sentence: string) => say({ log: sentence });
  say({ begun: true });
  const started = performance.now();
  const postgres = await (mode === "attach" ? attachEmbeddedPostgres : startEmbeddedPostgres)({
    dataFolder,
    log,
  });
  say({ ready: postgres.connection, milliseconds: Math.round(performance.now() - started) });
  void postgres.takenOver.then((problem) => say({ takenOver: problem.message }));
  process.stdin.once("data", async () => {
    await postgres.stop();
    await postgres.stop();
    say({ stopped: true });
    process.stdin.destroy(); // It ends by itself, unless something was left open.
  });
} catch (error) {
  if (!(error instanceof StartupProblem)) {
    throw error;
  }
  say({ problem: error.message });
  process.exitCode = 1;
}

function say(event: object): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}
