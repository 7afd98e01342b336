import { partTexts } from "../texts/texts.ts";

/** The texts of the console test. */
export const testTexts = partTexts("consoleTest", {
  en: () => import("../texts/console-test.en.json"),
  "zh-Hans": () => import("../texts/console-test.zh-Hans.json"),
  "zh-Hant": () => import("../texts/console-test.zh-Hant.json"),
});
