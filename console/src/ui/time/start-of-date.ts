const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** When the day that is so many days after a date, such as 2026-11-22, begins in a time zone. */
export function startOfDate(date: string, daysAfter: number, timeZone: string): number {
  const wished = Date.parse(date) + daysAfter * DAY;
  // Twice, because where clocks change the offset at midnight differs from the one at the first guess.
  const guess = wished - offsetAt(wished, timeZone);
  return wished - offsetAt(guess, timeZone);
}

/** How much the clocks of a time zone are ahead of Greenwich at that moment, in milliseconds. */
function offsetAt(at: number, timeZone: string): number {
  // Swedish writes dates as ISO 8601 does.
  const clock = new Intl.DateTimeFormat("sv", { timeZone, dateStyle: "short", timeStyle: "medium" });
  return Date.parse(`${clock.format(at).replace(" ", "T")}Z`) - (at - (at % 1_000));
}
