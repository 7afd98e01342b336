import { createContext, use } from "react";

/** The time zone of this computer, as the browser knows it. */
export const browserTimeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** In which time zone every time below this point of the page is told. */
export const TimeZoneContext = createContext(browserTimeZone);

/** The time zone of the reader. */
export function useTimeZone(): string {
  return use(TimeZoneContext);
}

/** The zone itself where this browser knows it, else the browser's own: zones are added and renamed by the years. */
export function knownTimeZone(wished: string | null): string {
  if (wished === null) {
    return browserTimeZone;
  }
  try {
    return new Intl.DateTimeFormat("en", { timeZone: wished }).resolvedOptions().timeZone;
  } catch {
    return browserTimeZone;
  }
}
