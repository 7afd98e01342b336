import { partTexts } from "../texts/texts.ts";

/** The texts of the history pages. */
export const historyTexts = partTexts("history", {
  en: () => import("../texts/history.en.json"),
  "zh-Hans": () => import("../texts/history.zh-Hans.json"),
  "zh-Hant": () => import("../texts/history.zh-Hant.json"),
});
