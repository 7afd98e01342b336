import { withTexts } from "./with-texts.ts";

/** Apart from the other parts: the button loads what shows messages ahead. */
export const VoiceMessage = withTexts(async () => (await import("./voice-message.tsx")).VoiceMessage);
