import { setTimeout as delay } from "node:timers/promises";
import type { Chat } from "./chats.ts";
import { judgeLog, judgeShown, type LogEntry } from "./judge.ts";
import type { Writer } from "./writer.ts";

const page = 200;
/** Heads repair within 5 s what an event lost on the way. */
const repairMilliseconds = 10_000;

/** Reads the log of a chat from its beginning, as both ends, and says in sentences what is wrong with it. */
export async function findViolations({ conversationId, writers }: Chat): Promise<string[]> {
  const found = await Promise.all(
    writers.map(async (writer) => {
      const log = await readLog(writer, conversationId);
      const shown = await shownOf(writer, log.length);
      return [
        ...writers.flatMap(({ name, written, acknowledged }) =>
          judgeLog(log, { name, written, acknowledged }),
        ),
        ...judgeShown(log, { name: writer.name, shown }),
      ];
    }),
  );
  return found.flat();
}

async function readLog({ connection }: Writer, conversationId: string): Promise<LogEntry[]> {
  const log: LogEntry[] = [];
  for (;;) {
    const after = log.at(-1)?.seq ?? 0;
    const { head, entries } = await connection.request("entries.after", {
      conversationId,
      after,
      limit: page,
    });
    log.push(...entries);
    if (entries.length === 0 || log.length >= head) return log;
  }
}

/** What a writer was shown, once it is as long as the log or the repair had its time. */
async function shownOf(writer: Writer, length: number): Promise<readonly LogEntry[]> {
  const deadline = performance.now() + repairMilliseconds;
  while (writer.shown().length < length && performance.now() < deadline) await delay(50);
  return writer.shown();
}
