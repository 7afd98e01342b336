import { partTexts } from "../texts/texts.ts";

/** The texts of quick replies, beside the composer and on their pages. */
export const quickRepliesTexts = partTexts("quickReplies", {
  en: () => import("../texts/quick-replies.en.json"),
  "zh-Hans": () => import("../texts/quick-replies.zh-Hans.json"),
  "zh-Hant": () => import("../texts/quick-replies.zh-Hant.json"),
});
