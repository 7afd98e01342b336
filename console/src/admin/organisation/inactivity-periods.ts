import type { Language } from "@grata/contract/languages";

const offered = [5, 15, 30, 60, 120, 240, 480, 1_440];

/** The minutes that are offered, with what is set now, which may have come through the API. */
export function inactivityPeriods(current: number | null): number[] {
  const periods = new Set(current === null ? offered : [...offered, current]);
  return [...periods].sort((one, other) => one - other);
}

/** So many minutes as one says them: "30 minutes", "2 hours". */
export function formatPeriod(minutes: number, language: Language): string {
  const [amount, unit] = minutes >= 60 && minutes % 60 === 0 ? [minutes / 60, "hour"] : [minutes, "minute"];
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(amount);
}
