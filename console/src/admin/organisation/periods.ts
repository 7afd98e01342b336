import type { Language } from "@grata/contract/languages";

const offeredMinutes = [5, 15, 30, 60, 120, 240, 480, 1_440];

/** The minutes that are offered, with what is set now, which may have come through the API. */
export function inactivityPeriods(current: number | null): number[] {
  const periods = new Set(current === null ? offeredMinutes : [...offeredMinutes, current]);
  return [...periods].sort((one, other) => one - other);
}

/** So many minutes as one says them: "30 minutes", "2 hours". */
export function formatPeriod(minutes: number, language: Language): string {
  const [amount, unit] = minutes >= 60 && minutes % 60 === 0 ? [minutes / 60, "hour"] : [minutes, "minute"];
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(amount);
}

const offeredSeconds = [30, 60, 120, 300, 600, 1_800, 3_600];

/** The seconds that are offered, with what is set now, which may have come through the API. */
export function absencePeriods(current: number): number[] {
  return [...new Set([...offeredSeconds, current])].sort((one, other) => one - other);
}

/** So many seconds as one says them: "30 seconds", "2 minutes". */
export function formatSeconds(seconds: number, language: Language): string {
  if (seconds % 60 === 0) return formatPeriod(seconds / 60, language);
  return new Intl.NumberFormat(language, { style: "unit", unit: "second", unitDisplay: "long" }).format(
    seconds,
  );
}
