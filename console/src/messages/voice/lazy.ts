import { latePart } from "../../ui/late/late-part.tsx";
import { voiceTexts } from "./voice-texts.ts";

const texts = [voiceTexts];

export const TalkButton = latePart(async () => (await import("./talk-button.tsx")).TalkButton, {
  place: "button",
  texts,
  ahead: true,
});
export const MicrophoneSettings = latePart(
  async () => (await import("./microphone-settings.tsx")).MicrophoneSettings,
  { place: "section", texts, ahead: true },
);
