import { withTexts } from "./with-texts.ts";

export const TalkButton = withTexts(async () => (await import("./talk-button.tsx")).TalkButton);
export const MicrophoneStep = withTexts(async () => (await import("./microphone-step.tsx")).MicrophoneStep);
export const MicrophoneSettings = withTexts(
  async () => (await import("./microphone-settings.tsx")).MicrophoneSettings,
);
