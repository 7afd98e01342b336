import type { Language } from "@grata/contract/languages";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Texts } from "../../texts/load.ts";
import { dayOf } from "./timeline.ts";

export type Wording = {
  texts: Texts["frame"];
  language: Language;
  /** The time of day. */
  formatTime(at: number): string;
  /** The day as a reader names it: today, yesterday, or its date. */
  formatDay(at: number, now: number): string;
};

const DAY = 24 * 3_600_000;

export function createWording(texts: Texts["frame"], language: Language): Wording {
  const time = new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit" });
  const day = new Intl.DateTimeFormat(language, { weekday: "long", month: "long", day: "numeric" });
  const dayWithYear = new Intl.DateTimeFormat(language, { year: "numeric", month: "long", day: "numeric" });
  const near = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  return {
    texts,
    language,
    formatTime: (at) => time.format(at),
    formatDay(at, now) {
      const distance = [0, -1].find((days) => dayOf(now + days * DAY) === dayOf(at));
      if (distance !== undefined) {
        return near.format(distance, "day");
      }
      return (Math.abs(now - at) < 180 * DAY ? day : dayWithYear).format(at);
    },
  };
}

export const WordingContext = createContext<Wording | undefined>(undefined);

export function useWording(): Wording {
  const wording = useContext(WordingContext);
  if (!wording) {
    throw new Error("a component outside of WordingContext");
  }
  return wording;
}
