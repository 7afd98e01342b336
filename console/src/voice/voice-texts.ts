import { partTexts } from "../texts/texts.ts";

/** What the voice messages say. */
export const voiceTexts = partTexts("voice", {
  en: () => import("../texts/voice.en.json"),
  "zh-Hans": () => import("../texts/voice.zh-Hans.json"),
  "zh-Hant": () => import("../texts/voice.zh-Hant.json"),
});
