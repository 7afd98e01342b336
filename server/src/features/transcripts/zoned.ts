/** Writes moments by the clock of one time zone, as ISO 8601 has them: 2026-11-22T18:30:05+08:00. */
export function zonedClock(timeZone: string): (at: Date) => string {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    hourCycle: "h23",
    timeZoneName: "longOffset",
  });
  return (at) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const { year, month, day, hour, minute, second, timeZoneName = "GMT" } = parts;
    const offset = timeZoneName === "GMT" ? "+00:00" : timeZoneName.slice("GMT".length);
    return `${year}-${month}-${day}T${hour}:${minute}:${second}${offset}`;
  };
}
