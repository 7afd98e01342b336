import { latePart } from "../../ui/late/late-part.tsx";
import { partTexts } from "../../ui/texts/texts.ts";

const pushTexts = partTexts("push", {
  en: () => import("../../ui/texts/push.en.json"),
  "zh-Hans": () => import("../../ui/texts/push.zh-Hans.json"),
  "zh-Hant": () => import("../../ui/texts/push.zh-Hant.json"),
});

export const PushSettings = latePart(async () => (await import("./push-settings.tsx")).PushSettings, {
  place: "section",
  texts: [pushTexts],
  ahead: true,
});
