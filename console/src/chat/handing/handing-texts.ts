import { partTexts } from "../../ui/texts/texts.ts";

/** The texts of transfers and notes. */
export const handingTexts = partTexts("handing", {
  en: () => import("../../ui/texts/handing.en.json"),
  "zh-Hans": () => import("../../ui/texts/handing.zh-Hans.json"),
  "zh-Hant": () => import("../../ui/texts/handing.zh-Hant.json"),
});
