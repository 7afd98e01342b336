import type { Language } from "@grata/contract/languages";

/** The names of all time zones that this browser knows, with the one that is chosen, which it may know by a newer name. */
export function listTimeZones(chosen: string | null): string[] {
  const known = new Set(["UTC", ...Intl.supportedValuesOf("timeZone")]);
  if (chosen !== null) {
    known.add(chosen);
  }
  return [...known].sort();
}

/** What a zone differs from Greenwich now: "GMT+8". Empty where the browser does not know the zone. */
export function offsetOf(timeZone: string, language: Language): string {
  try {
    const format = new Intl.DateTimeFormat(language, { timeZone, timeZoneName: "shortOffset" });
    return format.formatToParts().find(({ type }) => type === "timeZoneName")?.value ?? "";
  } catch {
    return "";
  }
}
