import { partTexts } from "../../ui/texts/texts.ts";

/** The texts of the Routing page, and of the groups on a user's profile. */
export const routingTexts = partTexts("routing", {
  en: () => import("../../ui/texts/routing.en.json"),
  "zh-Hans": () => import("../../ui/texts/routing.zh-Hans.json"),
  "zh-Hant": () => import("../../ui/texts/routing.zh-Hant.json"),
});
