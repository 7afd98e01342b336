import { parseArgs } from "node:util";
import { BenchFailure } from "./failure.ts";

const commands = ["run", "faults", "browser", "search", "voice", "fairness"] as const;
type Command = (typeof commands)[number];

export type Options = {
  command: Command;
  quick: boolean;
  json: boolean;
  /** Customer/agent pairs. */
  pairs: number;
  /** Messages that each side of a pair has under way at once in the closed loop; more than 30 wait with their sender. */
  inFlight: number;
  /** Idle connections for the memory figure; undefined: as many as the length of the run allows. */
  connections: number | undefined;
  /** Messages that the search looks in; undefined: as many as the length of the run allows. */
  messages: number | undefined;
  /** How often the fault run kills the server. */
  kills: number;
  /** A folder for CPU profiles of the server, one for each kind of load. */
  profile: string | undefined;
  /** The server program to measure instead of this repository's. */
  server: string | undefined;
};

const usage = `Usage: npm run bench -- [run | faults | browser | search | voice | fairness] [options]
  --quick            ends in under 50 seconds
  --json             one line of JSON as the last line instead of a table
  --pairs N          customer/agent pairs (50; faults: 20)
  --in-flight N      messages under way on each side of a pair in the closed loop (1)
  --connections N    idle connections for the memory figure (2000; quick: 1000)
  --messages N       messages to search in (1000000; quick: 50000)
  --kills N          how often the fault run kills the server (50)
  --profile FOLDER   writes CPU profiles of the server there and prints what costs most
  --server FILE      measures another server program, such as a build of another branch`;

/** Reads the command line. Throws BenchFailure for anything that it does not know. */
export function readOptions(parameters: string[]): Options {
  const { values, positionals } = parse(parameters);
  const [command = "run", ...more] = positionals;
  if (!isCommand(command) || more.length > 0) throw new BenchFailure(usage);
  return {
    command,
    quick: values.quick ?? false,
    json: values.json ?? false,
    pairs: count("pairs", values.pairs) ?? (command === "faults" ? 20 : 50),
    inFlight: count("in-flight", values["in-flight"]) ?? 1,
    connections: count("connections", values.connections),
    messages: count("messages", values.messages),
    kills: count("kills", values.kills) ?? 50,
    profile: values.profile,
    server: values.server,
  };
}

const isCommand = (word: string): word is Command => commands.some((command) => command === word);

function parse(parameters: string[]) {
  try {
    return parseArgs({
      args: parameters,
      allowPositionals: true,
      options: {
        quick: { type: "boolean" },
        json: { type: "boolean" },
        pairs: { type: "string" },
        "in-flight": { type: "string" },
        connections: { type: "string" },
        messages: { type: "string" },
        kills: { type: "string" },
        profile: { type: "string" },
        server: { type: "string" },
      },
    });
  } catch (error) {
    throw new BenchFailure(`${error instanceof Error ? error.message : error}\n${usage}`);
  }
}

function count(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,6}$/.test(text))
    throw new BenchFailure(`--${name} takes a whole number from 1.\n${usage}`);
  return Number(text);
}
