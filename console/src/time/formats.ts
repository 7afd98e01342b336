import type { Language } from "@grata/contract/languages";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The time of day, as the reader's language writes it. */
export function formatTime(at: number, language: Language): string {
  return clockOf(language).format(at);
}

/** When something happened, as short as it is clear: the time, with the day before it unless that is today's. */
export function formatMoment(at: number, now: number, language: Language): string {
  return startOfDay(at) === startOfDay(now) ? formatTime(at, language) : momentOf(language).format(at);
}

/** When something happened, for a narrow place: the time of today, else the date. */
export function formatMark(at: number, now: number, language: Language): string {
  return startOfDay(at) === startOfDay(now) ? formatTime(at, language) : dateOf(language).format(at);
}

/** Day and time in full, for those who want to know it exactly. */
export function formatInstant(at: number, language: Language): string {
  return instantOf(language).format(at);
}

/** The day of `at` as it is spoken of at `now`: today, yesterday, or its date. */
export function formatDay(at: number, now: number, language: Language): string {
  const days = Math.round((startOfDay(at) - startOfDay(now)) / DAY);
  if (days === 0 || days === -1) {
    const spoken = relativeOf(language).format(days, "day");
    return spoken.charAt(0).toLocaleUpperCase(language) + spoken.slice(1);
  }
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (sameYear ? dayOf(language) : dayWithYearOf(language)).format(at);
}

/** How long something takes or took, in its largest unit: "35 sec", "2 min", "3 hr". */
export function formatDuration(milliseconds: number, language: Language): string {
  const elapsed = Math.max(0, milliseconds);
  const [unit, size] = unitFor(elapsed);
  return amountOf(language, unit).format(Math.floor(elapsed / size));
}

/** Midnight before `at`, where the reader is. */
export function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

type Unit = "second" | "minute" | "hour" | "day";

function unitFor(elapsed: number): [Unit, number] {
  if (elapsed < MINUTE) {
    return ["second", SECOND];
  }
  if (elapsed < HOUR) {
    return ["minute", MINUTE];
  }
  return elapsed < DAY ? ["hour", HOUR] : ["day", DAY];
}

// To build a format costs much more than to use it, and lists use them on every line.
const clockOf = kept((language) => new Intl.DateTimeFormat(language, { timeStyle: "short" }));
const momentOf = kept(
  (language) => new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }),
);
const dateOf = kept((language) => new Intl.DateTimeFormat(language, { day: "numeric", month: "short" }));
const instantOf = kept(
  (language) => new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "medium" }),
);
const dayOf = kept(
  (language) => new Intl.DateTimeFormat(language, { weekday: "long", day: "numeric", month: "long" }),
);
const dayWithYearOf = kept((language) => new Intl.DateTimeFormat(language, { dateStyle: "full" }));
const relativeOf = kept((language) => new Intl.RelativeTimeFormat(language, { numeric: "auto" }));
const amountOf = kept(
  (language, unit: Unit) => new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short" }),
);

function kept<Rest extends string[], Format>(build: (language: Language, ...rest: Rest) => Format) {
  const formats = new Map<string, Format>();
  return (language: Language, ...rest: Rest): Format => {
    const key = [language, ...rest].join();
    const format = formats.get(key) ?? build(language, ...rest);
    formats.set(key, format);
    return format;
  };
}
