import { setTimeout } from "node:timers/promises";
import { StartupProblem } from "../../configuration/startup-problem.ts";
import { isContention } from "../database-errors.ts";
import type { WaitWatch } from "./waits.ts";

/**
 * How long a migration waits for a lock before it lets go. While it waits, whoever comes after it waits too, writers
 * of messages among them: so this is short, and it comes back.
 */
export const lockTimeoutMilliseconds = 200;
const firstPauseMilliseconds = 250;
const longestPauseMilliseconds = 5_000;

/** Does a piece of a migration that changes all or nothing. Throws StartupProblem when patience is over. */
export type Patiently = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** Tries again, after longer and longer pauses, as long as others are in the way and patience lasts. */
export function createPatience(watch: WaitWatch, patienceMilliseconds: number): Patiently {
  return async (name, work) => {
    const end = performance.now() + patienceMilliseconds;
    for (let pause = firstPauseMilliseconds; ; pause = Math.min(pause * 2, longestPauseMilliseconds)) {
      try {
        return await watch.during(name, work);
      } catch (error) {
        if (!isContention(error)) throw error;
        if (performance.now() + pause > end) {
          const seconds = Math.round(patienceMilliseconds / 1_000);
          throw new StartupProblem(
            `The migration ${name} has waited ${seconds} s for ${watch.lastSeen()}: end that session, or start again later; nothing is left half done.`,
          );
        }
        await setTimeout(pause);
      }
    }
  };
}
