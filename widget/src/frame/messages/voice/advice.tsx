import type { PushToTalk } from "@grata/client/browser/voice/push-to-talk";
import type { Talk } from "@grata/client/browser/voice/talk";
import { useEffect, useRef } from "preact/hooks";
import type { VoiceTexts } from "../../../texts/load-voice.ts";

/** What to do: after a press that was too short, and where there is no microphone. */
export function Advice({
  state,
  talk,
  texts,
  onClose,
}: {
  state: Extract<Talk, { kind: "explaining" | "hindered" }>;
  talk: PushToTalk;
  texts: VoiceTexts;
  onClose: () => void;
}) {
  const box = useRef<HTMLDivElement>(null);
  const explaining = state.kind === "explaining";
  const triable = explaining || (state.why !== "insecure" && state.why !== "unsupported");

  useEffect(() => {
    box.current?.querySelector("button")?.focus();
    const leave = ({ target }: Event) => {
      if (target instanceof Node && !box.current?.contains(target)) talk.cancel();
    };
    document.addEventListener("pointerdown", leave);
    return () => document.removeEventListener("pointerdown", leave);
  }, [talk]);

  return (
    <div class="picker advice" ref={box} role="alert">
      <p>
        <strong>{explaining ? texts.explainTitle : texts.hindered}</strong>
      </p>
      <p>{explaining ? texts.explain : texts[state.why]}</p>
      <div class="choices">
        {triable && (
          <button type="button" class="main" onClick={talk.beginFree}>
            {explaining ? texts.free : texts.again}
          </button>
        )}
        <button type="button" onClick={onClose}>
          {texts.close}
        </button>
      </div>
    </div>
  );
}
