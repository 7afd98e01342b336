import { partTexts } from "../../ui/texts/texts.ts";

/** The texts of voice messages. */
export const voiceTexts = partTexts("voice", {
  en: () => import("../../ui/texts/voice.en.json"),
  "zh-Hans": () => import("../../ui/texts/voice.zh-Hans.json"),
  "zh-Hant": () => import("../../ui/texts/voice.zh-Hant.json"),
});
