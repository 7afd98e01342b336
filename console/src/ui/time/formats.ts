import type { Language } from "@grata/contract/languages";
import type { Locale } from "./use-locale.ts";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The time of day, as the reader's language writes it. */
export function formatTime(at: number, locale: Locale): string {
  return clockOf(locale).format(at);
}

/** When something happened, as short as it is clear: the time, with the day before it unless that is today's. */
export function formatMoment(at: number, now: number, locale: Locale): string {
  return sameDay(at, now, locale) ? formatTime(at, locale) : momentOf(locale).format(at);
}

/** When something happened, for a narrow place: the time of today, else the date. */
export function formatMark(at: number, now: number, locale: Locale): string {
  return sameDay(at, now, locale) ? formatTime(at, locale) : dateOf(locale).format(at);
}

/** Day and time in full, for those who want to know it exactly. */
export function formatInstant(at: number, locale: Locale): string {
  return instantOf(locale).format(at);
}

/** Day and time to the second, for lists in which the order of things matters. */
export function formatExactly(at: number, locale: Locale): string {
  return exactOf(locale).format(at);
}

/** The day of `at` as it is spoken of at `now`: today, yesterday, or its date. */
export function formatDay(at: number, now: number, locale: Locale): string {
  const { language, timeZone } = locale;
  const days = dayNumber(at, timeZone) - dayNumber(now, timeZone);
  if (days === 0 || days === -1) {
    const spoken = relativeOf(language).format(days, "day");
    return spoken.charAt(0).toLocaleUpperCase(language) + spoken.slice(1);
  }
  const sameYear = yearOf(at, timeZone) === yearOf(now, timeZone);
  return (sameYear ? dayOf(locale) : dayWithYearOf(locale)).format(at);
}

/** How long something takes or took, in its largest unit: "35 sec", "2 min", "3 hr". */
export function formatDuration(milliseconds: number, language: Language): string {
  const elapsed = Math.max(0, milliseconds);
  const [unit, size] = unitFor(elapsed);
  return amountOf(language, unit).format(Math.floor(elapsed / size));
}

/** How long ago something was, in its largest unit: "2 hours ago", "40 days ago". */
export function formatAgo(at: number, now: number, language: Language): string {
  const [unit, size] = unitFor(Math.max(0, now - at));
  return unit === "second"
    ? relativeOf(language).format(0, "second")
    : relativeOf(language).format(-Math.floor((now - at) / size), unit);
}

/** Numbers the days where the reader is: each day has the number of the day before it, plus one. */
export function dayNumber(at: number, timeZone: string): number {
  return Date.parse(isoDateOf(timeZone).format(at)) / DAY;
}

function sameDay(at: number, now: number, { timeZone }: Locale): boolean {
  return dayNumber(at, timeZone) === dayNumber(now, timeZone);
}

function yearOf(at: number, timeZone: string): string {
  return isoDateOf(timeZone).format(at).slice(0, 4);
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
const clockOf = dated({ timeStyle: "short" });
const momentOf = dated({ dateStyle: "medium", timeStyle: "short" });
const dateOf = dated({ day: "numeric", month: "short" });
const instantOf = dated({ dateStyle: "full", timeStyle: "medium" });
const exactOf = dated({ dateStyle: "medium", timeStyle: "medium" });
const dayOf = dated({ weekday: "long", day: "numeric", month: "long" });
const dayWithYearOf = dated({ dateStyle: "full" });
// Swedish writes dates as ISO 8601 does, which can be read as a number of days.
const isoDateOf = kept((timeZone: string) => new Intl.DateTimeFormat("sv", { timeZone, dateStyle: "short" }));
const relativeOf = kept((language: Language) => new Intl.RelativeTimeFormat(language, { numeric: "auto" }));
const amountOf = kept(
  (language: Language, unit: Unit) =>
    new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short" }),
);

function dated(options: Intl.DateTimeFormatOptions): (locale: Locale) => Intl.DateTimeFormat {
  const formats = kept(
    (language: Language, timeZone: string) => new Intl.DateTimeFormat(language, { ...options, timeZone }),
  );
  return ({ language, timeZone }) => formats(language, timeZone);
}

function kept<Keys extends string[], Format>(build: (...keys: Keys) => Format): (...keys: Keys) => Format {
  const formats = new Map<string, Format>();
  return (...keys) => {
    const key = keys.join();
    const format = formats.get(key) ?? build(...keys);
    formats.set(key, format);
    return format;
  };
}
