import { StartupProblem } from "../configuration/startup-problem.ts";
import { Refusal } from "./refusal.ts";

/** An error as it is logged: where and of what kind, and nothing that people wrote. */
export type Fault = {
  name: string;
  /** Left out where it may quote what somebody wrote. */
  message?: string;
  /** An SQLSTATE, or a code of the system or of a library. */
  code?: string;
  condition?: string;
  schema?: string;
  table?: string;
  column?: string;
  constraint?: string;
  routine?: string;
  /** The statement that failed, with $1 for its parameters. */
  statement?: string;
  stack?: string;
  cause?: Fault;
};

const deepestCause = 5;
const longestStatement = 2_000;

/** Names SQLSTATEs, and classes of them, in words. */
const conditions: Record<string, string> = {
  "08Z01": "a newer Grata has changed this database; this one stores nothing in it any more",
  "08": "connection lost",
  "22": "bad data",
  "23": "constraint violated",
  "25": "wrong state of the transaction",
  "28": "sign-in refused",
  "40": "transaction rolled back",
  "42": "wrong statement or missing permission",
  "53": "no room: disk, memory or connections",
  "54": "limit of the program exceeded",
  "55": "locked or not ready",
  "57": "stopped by an operator or a time limit",
  "58": "system error of the database's machine",
  XX: "damaged data or internal error of the database",
};

/**
 * Describes an error by an allow-list. The messages of the database, of its detail and its context quote rows, and
 * drizzle's quotes the parameters: of these only names and codes are taken.
 */
export function describeFault(error: unknown, depth = 0): Fault {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = textIn(error, "code");
  const isFromDatabase = textIn(error, "severity") !== undefined;
  const described: { [Key in keyof Fault]: Fault[Key] | undefined } = {
    name: error.name,
    message: isFromDatabase ? undefined : safeMessage(error, code),
    code,
    condition: isFromDatabase ? conditionOf(code ?? "") : undefined,
    schema: textIn(error, "schema"),
    table: textIn(error, "table"),
    column: textIn(error, "column"),
    constraint: textIn(error, "constraint"),
    routine: textIn(error, "routine"),
    statement: textIn(error, "query")?.slice(0, longestStatement),
    stack: framesOf(error),
    cause:
      error.cause === undefined || depth === deepestCause ? undefined : describeFault(error.cause, depth + 1),
  };
  const present = Object.entries(described).filter(([, value]) => value !== undefined);
  return { name: error.name, ...Object.fromEntries(present) };
}

const conditionOf = (code: string) => conditions[code] ?? conditions[code.slice(0, 2)];

function textIn(error: Error, field: string): string | undefined {
  const value: unknown = Reflect.get(error, field);
  return typeof value === "string" ? value : undefined;
}

/** Error messages of JavaScript that contain no value; most others quote one. */
const wellKnown =
  /^(Cannot (read|set) properties of (undefined|null)|[\w.$]+ is not (a function|a constructor|iterable|defined)|Maximum call stack size exceeded|Invalid (array|string) length|Invalid time value|fetch failed)/;

/** Our own words, the system's, and some of the language's. Those of others may quote anything. */
function safeMessage(error: Error, code: string | undefined): string | undefined {
  if (error instanceof Refusal || error instanceof StartupProblem) return error.message;
  if (textIn(error, "syscall") !== undefined) return error.message;
  if (code !== undefined) return undefined;
  switch (error.constructor) {
    case Error:
      return error.message;
    case TypeError:
    case RangeError:
    case ReferenceError:
      return wellKnown.exec(error.message)?.[0];
    default:
      return undefined;
  }
}

/** The places alone: the first lines of a stack repeat the message. */
function framesOf({ stack = "", message }: Error): string {
  const places = (message === "" ? stack : stack.replace(message, ""))
    .split("\n")
    .filter((line) => /^ {4}at .*(:\d+:\d+|<anonymous>|native)\)?$/.test(line));
  return places.join("\n");
}

/** The same as lines of text, for standard error. */
export function textOfFault(error: unknown): string {
  const { name, message, stack, cause, ...rest } = describeFault(error);
  const lines = [message === undefined ? name : `${name}: ${message}`];
  for (const [field, value] of Object.entries(rest)) lines.push(`    ${field}: ${value}`);
  if (stack) lines.push(stack);
  if (cause) lines.push(`Caused by ${textOfFault((error as Error).cause)}`);
  return lines.join("\n");
}
