import { partTexts } from "../ui/texts/texts.ts";

/** The texts of the console test. */
export const testTexts = partTexts("consoleTest", {
  en: () => import("../ui/texts/console-test.en.json"),
  "zh-Hans": () => import("../ui/texts/console-test.zh-Hans.json"),
  "zh-Hant": () => import("../ui/texts/console-test.zh-Hant.json"),
});
