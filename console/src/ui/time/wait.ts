const MINUTE = 60_000;

/** A customer who waits longer than this is late: the ring is full. */
const LATE = 5 * MINUTE;
const WARM = MINUTE;
/** So many steps has the ring: it moves every ten seconds, which costs nothing and is not restless. */
const STEPS = 30;

/** How urgent somebody is who has been waiting. */
export interface Wait {
  level: "fresh" | "warm" | "late";
  /** How much of the time until they are late is over, from 0 to 1. */
  part: number;
}

/** Judges a wait of so many milliseconds; one that seems to lie ahead has just begun. */
export function judgeWait(elapsed: number): Wait {
  const part = Math.min(1, Math.floor((Math.max(0, elapsed) / LATE) * STEPS) / STEPS);
  const level = elapsed >= LATE ? "late" : elapsed >= WARM ? "warm" : "fresh";
  return { level, part };
}
