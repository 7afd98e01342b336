import { addTexts, type PartBooks } from "../texts/texts.ts";

const books: PartBooks = {
  en: () => import("../texts/voice.en.json"),
  "zh-Hans": () => import("../texts/voice.zh-Hans.json"),
  "zh-Hant": () => import("../texts/voice.zh-Hant.json"),
};

/** Loads what the voice messages say, in the reader's language. */
export function loadVoiceTexts(): Promise<void> {
  return addTexts("voice", books);
}
