import type { Language } from "@grata/contract/languages";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Texts } from "../texts/load.ts";

export type Wording = {
  texts: Texts["frame"];
  /** A moment as a reader of this language writes it: the time, and the day unless it is today. */
  formatMoment(at: number): string;
};

export function createWording(texts: Texts["frame"], language: Language): Wording {
  const time = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" });
  const day = new Intl.DateTimeFormat(language, { month: "short", day: "numeric" });
  return {
    texts,
    formatMoment(at) {
      const today = new Date().toDateString() === new Date(at).toDateString();
      return today ? time.format(at) : `${day.format(at)} ${time.format(at)}`;
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
