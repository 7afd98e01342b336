import { type LogFn, type Logger, pino } from "pino";
import { describeFault } from "./fault.ts";

/** The log of the program. Nothing gets into it that people wrote, nor an address with a token in it. */
export function createLog(level: string): Logger {
  return pino({ level, serializers, hooks: { logMethod } });
}

const serializers = {
  err: describeFault,
  error: describeFault,
  req: ({ method, routeOptions }: { method?: string; routeOptions?: { url?: string } }) => ({
    method,
    route: routeOptions?.url,
  }),
  res: ({ statusCode }: { statusCode?: number }) => ({ statusCode }),
};

/** Keeps pino and fastify from taking the message of an error as that of the line. */
function logMethod(this: Logger, parameters: Parameters<LogFn>, method: LogFn): void {
  const [first, second]: unknown[] = parameters;
  const error = first instanceof Error ? first : errorIn(first);
  if (error instanceof Error) {
    const quotes = typeof second !== "string" || (error.message !== "" && second.includes(error.message));
    method.apply(this, [first instanceof Error ? { err: first } : first, quotes ? "fault" : second]);
  } else method.apply(this, parameters);
}

function errorIn(line: unknown): unknown {
  return typeof line === "object" && line !== null ? Reflect.get(line, "err") : undefined;
}
