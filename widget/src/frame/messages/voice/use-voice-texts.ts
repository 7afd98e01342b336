import { useEffect, useState } from "preact/hooks";
import { loadVoiceTexts, type VoiceTexts } from "../../../texts/load-voice.ts";

let loaded: VoiceTexts | null = null;

/** What the voice messages say; null until it is there. */
export function useVoiceTexts(): VoiceTexts | null {
  const [texts, setTexts] = useState(loaded);
  useEffect(() => {
    if (texts === null) {
      void loadVoiceTexts().then(
        (came) => {
          loaded = came;
          setTexts(came);
        },
        () => undefined,
      );
    }
  }, [texts]);
  return texts;
}
