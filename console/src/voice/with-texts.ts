import type { ComponentType } from "react";
import { lazyPart } from "../layout/lazy-part.ts";

/** A part of the voice messages with its texts, both loaded when it is first shown. */
export function withTexts<Props extends object>(load: () => Promise<ComponentType<Props>>) {
  return lazyPart(async () => {
    const [part] = await Promise.all([
      load(),
      import("./voice-texts.ts").then((texts) => texts.loadVoiceTexts()),
    ]);
    return part;
  });
}
