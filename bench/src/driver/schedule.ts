/** When each message of an open loop is meant to leave, in milliseconds after the start, whatever the server does. */
export type Schedule = {
  total: number;
  /** When message `index` is meant to leave. */
  timeOf(index: number): number;
  /** How many are meant to have left after `elapsed` milliseconds. */
  dueAfter(elapsed: number): number;
};

/** Evenly spread: one message every 1000 / `rate` milliseconds, the first at once. */
export function evenSchedule(rate: number, seconds: number): Schedule {
  const interval = 1000 / rate;
  const total = Math.round(rate * seconds);
  return {
    total,
    timeOf: (index) => index * interval,
    dueAfter: (elapsed) => Math.min(total, Math.max(0, Math.floor(elapsed / interval + 1e-9) + 1)),
  };
}
