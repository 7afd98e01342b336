import { lazyPart } from "../layout/lazy-part.ts";
import { addTexts, type PartBooks } from "../texts/texts.ts";

const books: PartBooks = {
  en: () => import("../texts/push.en.json"),
  "zh-Hans": () => import("../texts/push.zh-Hans.json"),
  "zh-Hant": () => import("../texts/push.zh-Hant.json"),
};

export const PushSettings = lazyPart(async () => {
  const [{ PushSettings }] = await Promise.all([import("./push-settings.tsx"), addTexts("push", books)]);
  return PushSettings;
});
