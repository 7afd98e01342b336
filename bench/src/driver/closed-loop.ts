import { setTimeout as delay } from "node:timers/promises";
import type { Load } from "./load.ts";

export type ClosedLoop = { inFlight: number; seconds: number };
export type ClosedResult = { messages: number; seconds: number };

/**
 * As fast as the server lets it: every speaker keeps `inFlight` messages under way and sends the next one when one of
 * them is both acknowledged and delivered to the other end. Counts what was done within the time.
 */
export async function runClosedLoop(load: Load, { inFlight, seconds }: ClosedLoop): Promise<ClosedResult> {
  let messages = 0;
  const begin = performance.now();
  const end = begin + seconds * 1000;
  await load.during(
    {
      delivered: () => undefined,
      done(speaker) {
        const now = performance.now();
        if (now >= end) return;
        messages++;
        speaker.send(now);
      },
    },
    async () => {
      for (const speaker of load.speakers) {
        for (let count = 0; count < inFlight; count++) speaker.send(begin);
      }
      await delay(seconds * 1000);
    },
  );
  return { messages, seconds };
}
