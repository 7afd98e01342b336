import type { Language } from "@grata/contract/languages";
import { formatPeriod } from "./inactivity-periods.ts";

const offered = [30, 60, 120, 300, 600, 1_800, 3_600];

/** The seconds that are offered, with what is set now, which may have come through the API. */
export function absencePeriods(current: number): number[] {
  return [...new Set([...offered, current])].sort((one, other) => one - other);
}

/** So many seconds as one says them: "30 seconds", "2 minutes". */
export function formatSeconds(seconds: number, language: Language): string {
  if (seconds % 60 === 0) return formatPeriod(seconds / 60, language);
  return new Intl.NumberFormat(language, { style: "unit", unit: "second", unitDisplay: "long" }).format(
    seconds,
  );
}
