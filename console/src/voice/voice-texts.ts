import { partTexts } from "../texts/texts.ts";

/** The texts of voice messages. */
export const voiceTexts = partTexts("voice", {
  en: () => import("../texts/voice.en.json"),
  "zh-Hans": () => import("../texts/voice.zh-Hans.json"),
  "zh-Hant": () => import("../texts/voice.zh-Hant.json"),
});
