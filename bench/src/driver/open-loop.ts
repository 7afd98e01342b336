import { setTimeout as delay } from "node:timers/promises";
import type { Load } from "./load.ts";
import { evenSchedule } from "./schedule.ts";

export type OpenLoop = { rate: number; seconds: number };
export type OpenResult = {
  sent: number;
  /** From the moment at which each message was meant to leave to its delivery at the other end, in milliseconds. */
  latencies: number[];
  /** How late the driver itself was: part of each latency, and not the server's fault. */
  lags: number[];
  /** False when the server fell so far behind that the run was given up. */
  keptUp: boolean;
};

/** A backlog of so many seconds can only grow. */
const hopelessSeconds = 0.5;

/**
 * Sends by a fixed schedule, whatever the server does, so that a stalled server is charged for all that should have
 * been sent meanwhile.
 */
export async function runOpenLoop(load: Load, { rate, seconds }: OpenLoop): Promise<OpenResult> {
  const schedule = evenSchedule(rate, seconds);
  const latencies: number[] = [];
  const lags: number[] = [];
  let done = 0;
  let sent = 0;
  let keptUp = true;
  await load.during(
    {
      delivered: (flight) => latencies.push(performance.now() - flight.intendedAt),
      done: () => done++,
    },
    async () => {
      const begin = performance.now();
      while (sent < schedule.total && keptUp) {
        const now = performance.now() - begin;
        for (const due = schedule.dueAfter(now); sent < due; sent++) {
          lags.push(now - schedule.timeOf(sent));
          load.speakers[sent % load.speakers.length]?.send(begin + schedule.timeOf(sent));
        }
        keptUp = sent - done < rate * hopelessSeconds;
        await delay(1);
      }
    },
  );
  return { sent, latencies, lags, keptUp };
}
