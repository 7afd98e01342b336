import { formatLength } from "@grata/client/browser/voice/drawing";
import { type PushToTalk, VOICE_LIMIT } from "@grata/client/browser/voice/push-to-talk";
import type { Talk } from "@grata/client/browser/voice/talk";
import { useEffect, useRef, useState } from "preact/hooks";
import { fill } from "../../../texts/fill.ts";
import type { VoiceTexts } from "../../../texts/load-voice.ts";
import { Sign } from "../../messages/voice/sign.tsx";

const COUNT_DOWN = 10_000;
const TICK = 100;
const METER = [...Array(12).keys()];

/** What is seen while it records: how loud, how long, what to do next; and the buttons of whoever does not hold. */
export function RecordingBar({
  state,
  talk,
  texts,
}: {
  state: Extract<Talk, { kind: "opening" | "recording" }>;
  talk: PushToTalk;
  texts: VoiceTexts;
}) {
  const [elapsed, setElapsed] = useState(0);
  const meter = useRef<HTMLSpanElement>(null);
  const free = state.kind === "recording" && state.way === "free";
  const send = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    const levels = METER.map(() => 0);
    const timer = setInterval(() => {
      setElapsed(talk.elapsed());
      levels.push(talk.level());
      levels.shift();
      levels.forEach((level, bar) => {
        const element = meter.current?.children[bar];
        if (element instanceof HTMLElement) element.style.transform = `scaleY(${0.1 + level * 0.9})`;
      });
    }, TICK);
    return () => clearInterval(timer);
  }, [talk]);

  // Whoever cannot hold a key goes on with the same one.
  useEffect(() => {
    if (free) send.current?.focus();
  }, [free]);

  if (state.kind === "opening") {
    return (
      <div class="recording">
        <span class="words">{texts.opening}</span>
      </div>
    );
  }
  const remaining = VOICE_LIMIT - elapsed;
  return (
    <div class={["recording", free && "free", state.away && "away"].filter(Boolean).join(" ")}>
      <i class="light" />
      <span class="length">{formatLength(elapsed)}</span>
      <span class="meter" ref={meter} aria-hidden="true">
        {METER.map((bar) => (
          <i key={bar} />
        ))}
      </span>
      <span class="words">{words()}</span>
      {free && (
        <>
          <button
            type="button"
            class="quiet"
            aria-label={texts.cancel}
            title={texts.cancel}
            onClick={talk.cancel}
          >
            <Sign name="close" />
          </button>
          <button
            type="button"
            class="send"
            ref={send}
            aria-label={texts.send}
            title={texts.send}
            onClick={talk.send}
          >
            <Sign name="send" />
          </button>
        </>
      )}
    </div>
  );

  function words(): string {
    if (state.kind === "recording" && state.away) return texts.away;
    if (remaining <= COUNT_DOWN) {
      return fill(texts.left, { count: String(Math.max(0, Math.ceil(remaining / 1000))) });
    }
    return free ? texts.recording : texts.hold;
  }
}
