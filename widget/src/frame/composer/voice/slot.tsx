import type { Chat } from "../../chat/chat.ts";
import { useWording } from "../../chat/wording.ts";
import { useLate } from "../../ui/use-late.ts";

/** Where the button for voice messages stands, once it and its texts are loaded: after what one sees first. */
export function TalkSlot({ chat, open }: { chat: Chat; open: boolean }) {
  const { texts } = useWording();
  const [part, retry] = useLate(load, open);
  if (part === "failed") {
    return (
      <button
        type="button"
        class="quiet"
        aria-label={texts.partFailed}
        title={texts.partFailed}
        onClick={retry}
      >
        ↻
      </button>
    );
  }
  return part ? <part.Button texts={part.texts} chat={chat} /> : null;
}

async function load() {
  const [{ TalkButton }, texts] = await Promise.all([
    import("./talk-button.tsx"),
    import("../../../texts/load-voice.ts").then(({ loadVoiceTexts }) => loadVoiceTexts()),
  ]);
  return { Button: TalkButton, texts };
}
