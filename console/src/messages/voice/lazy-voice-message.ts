import { latePart } from "../../ui/late/late-part.tsx";
import { voiceTexts } from "./voice-texts.ts";

/** Apart from the other parts: the button loads what shows messages ahead. */
export const VoiceMessage = latePart(async () => (await import("./voice-message.tsx")).VoiceMessage, {
  place: "section",
  texts: [voiceTexts],
  ahead: true,
});
