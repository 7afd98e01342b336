import { latePart } from "../late/late-part.tsx";
import { partTexts } from "../texts/texts.ts";

const pushTexts = partTexts("push", {
  en: () => import("../texts/push.en.json"),
  "zh-Hans": () => import("../texts/push.zh-Hans.json"),
  "zh-Hant": () => import("../texts/push.zh-Hant.json"),
});

export const PushSettings = latePart(async () => (await import("./push-settings.tsx")).PushSettings, {
  place: "section",
  texts: [pushTexts],
  ahead: true,
});
