import { setTimeout } from "node:timers/promises";

/** More than the work for an account that exists ever takes beyond that for one that does not. */
const leastMilliseconds = 400;

/** Answers no sooner than a fixed time after it was asked: how long it took tells nothing. */
export async function inSteadyTime<T>(work: () => Promise<T>): Promise<T> {
  const least = setTimeout(leastMilliseconds);
  try {
    return await work();
  } finally {
    await least;
  }
}

/** The same for what fails: whoever succeeds knows already that the account exists. */
export async function failInSteadyTime<T>(work: () => Promise<T>): Promise<T> {
  const least = setTimeout(leastMilliseconds);
  try {
    return await work();
  } catch (error) {
    await least;
    throw error;
  }
}
