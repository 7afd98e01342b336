import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { VoiceTexts } from "../../texts/load-voice.ts";
import type { Chat } from "../chat.ts";

type Loaded = { Button: FunctionComponent<{ texts: VoiceTexts; chat: Chat }>; texts: VoiceTexts };

/** Where the button for voice messages stands, once it and its texts are loaded: after what one sees first. */
export function TalkSlot({ chat, open }: { chat: Chat; open: boolean }) {
  const [loaded, setLoaded] = useState<Loaded>();
  useEffect(() => {
    if (open && !loaded) {
      void load().then(setLoaded, () => undefined);
    }
  }, [open, loaded]);
  return loaded ? <loaded.Button texts={loaded.texts} chat={chat} /> : null;
}

async function load(): Promise<Loaded> {
  const [{ TalkButton }, texts] = await Promise.all([
    import("./talk-button.tsx"),
    import("../../texts/load-voice.ts").then(({ loadVoiceTexts }) => loadVoiceTexts()),
  ]);
  return { Button: TalkButton, texts };
}
