import { partTexts } from "../ui/texts/texts.ts";

/** The texts of the history pages. */
export const historyTexts = partTexts("history", {
  en: () => import("../ui/texts/history.en.json"),
  "zh-Hans": () => import("../ui/texts/history.zh-Hans.json"),
  "zh-Hant": () => import("../ui/texts/history.zh-Hant.json"),
});
