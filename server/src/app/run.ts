import { explainFullDisk } from "@grata/embedded-postgres/no-space";
import type { ChannelRegistry } from "../channels/port.ts";
import { readConfiguration } from "../foundation/configuration/configuration.ts";
import { StartupProblem } from "../foundation/configuration/startup-problem.ts";
import { textOfFault } from "../foundation/refusal/fault.ts";
import { type RunningNode, startNode } from "./node.ts";

const [major = 0] = process.versions.node.split(".").map(Number);

/** One sentence for what the operator must mend; everything else is a fault and shows where. */
function fail(error: unknown): never {
  process.stderr.write(`${error instanceof StartupProblem ? error.message : textOfFault(error)}\n`);
  process.exit(1);
}

async function start(channels: ChannelRegistry | undefined): Promise<void> {
  if (major < 22)
    throw new StartupProblem(
      `Grata needs Node 22 or newer; this is ${process.versions.node}. Start it with npm start.`,
    );
  const stopRequest = new AbortController();
  const configuration = readConfiguration(process.env);
  const starting = startNode(configuration, {
    onLost: fail,
    signal: stopRequest.signal,
    ...(channels && { channels }),
  });
  let stopping: Promise<void> | undefined;
  const stop = () => {
    stopping ??= (async () => {
      stopRequest.abort();
      // A start that is under way cleans up after itself, and then fails because of us.
      const node = await starting.catch(() => undefined);
      await node?.stop();
      process.exit(0);
    })().catch(fail);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  // The starter holds the other end: when it is killed, nobody is left to stop us.
  process.on("disconnect", stop);
  if (process.connected === false) stop(); // It was killed before we came here. Undefined: there is no starter.

  try {
    const node = await starting;
    if (!stopping) process.stdout.write(welcome(node));
  } catch (error) {
    if (stopping) return;
    throw configuration.databaseUrl === null ? explainFullDisk(configuration.dataFolder, error) : error;
  }
}

/** In one piece: who waits for its first line has all of it. */
function welcome({ services, setUpLink }: RunningNode): string {
  const address = services.entrances.main();
  const ready = `Grata is ready: ${address}\n`;
  if (!setUpLink) return ready;
  return `${ready}
Create your organisation (this link works once):
  ${setUpLink}

Then open the test page in a second window and write as a customer:
  ${address}/try
`;
}

/** Runs the program until it is asked to stop, with these kinds of channels; with those that are shipped when left out. */
export function run(channels?: ChannelRegistry): void {
  // Node itself would print an error with everything that it carries.
  process.on("uncaughtException", fail);
  start(channels).catch(fail);
}
