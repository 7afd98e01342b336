import { partTexts } from "../../ui/texts/texts.ts";

/** The texts of quick replies, beside the composer and on their pages. */
export const quickRepliesTexts = partTexts("quickReplies", {
  en: () => import("../../ui/texts/quick-replies.en.json"),
  "zh-Hans": () => import("../../ui/texts/quick-replies.zh-Hans.json"),
  "zh-Hant": () => import("../../ui/texts/quick-replies.zh-Hant.json"),
});
