import { partTexts } from "../texts/texts.ts";

/** What the pages of history say. */
export const historyTexts = partTexts("history", {
  en: () => import("../texts/history.en.json"),
  "zh-Hans": () => import("../texts/history.zh-Hans.json"),
  "zh-Hant": () => import("../texts/history.zh-Hant.json"),
});
