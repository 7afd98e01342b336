import { partTexts } from "../../ui/texts/texts.ts";

/** The texts of agent identities, on their page and on a user's profile. */
export const identitiesTexts = partTexts("identities", {
  en: () => import("../../ui/texts/identities.en.json"),
  "zh-Hans": () => import("../../ui/texts/identities.zh-Hans.json"),
  "zh-Hant": () => import("../../ui/texts/identities.zh-Hant.json"),
});
