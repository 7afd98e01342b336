import { type ComponentType, lazy } from "react";

/** A part of the voice messages with its texts, both loaded when it is first shown. */
function withTexts<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return lazy(async () => {
    const [part] = await Promise.all([
      load(),
      import("./voice-texts.ts").then((texts) => texts.loadVoiceTexts()),
    ]);
    return { default: part };
  });
}

export const TalkButton = withTexts(async () => (await import("./talk-button.tsx")).TalkButton);
export const VoiceMessage = withTexts(async () => (await import("./voice-message.tsx")).VoiceMessage);
export const MicrophoneStep = withTexts(async () => (await import("./microphone-step.tsx")).MicrophoneStep);
export const MicrophoneSettings = withTexts(
  async () => (await import("./microphone-settings.tsx")).MicrophoneSettings,
);
