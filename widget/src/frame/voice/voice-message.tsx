import { formatLength, waveformHeight, waveformPath, waveformWidth } from "@grata/client/browser/voice/drawing";
import type { Playable } from "@grata/client/browser/voice/player";
import { useEffect } from "preact/hooks";
import { fill } from "../../texts/fill.ts";
import type { VoiceTexts } from "../../texts/load-voice.ts";
import { useObservable } from "../use-observable.ts";
import type { Ears } from "./ears.ts";
import { Sign } from "./sign.tsx";
import "./voice-message.css";

/** How far an arrow key goes, in milliseconds. */
const STEP = 1000;

/** A voice message: its shape, its length, and what plays it. */
export function VoiceMessage({
  texts,
  message,
  waveform,
  ears: { player, heard },
  order,
}: {
  texts: VoiceTexts;
  message: Playable;
  waveform: readonly number[];
  ears: Ears;
  /** All of the chat, in their order. */
  order: () => readonly Playable[];
}) {
  const { fileId, milliseconds, own } = message;
  const { current, speed } = useObservable(player);
  const unheard = !useObservable(heard).has(fileId) && !own;
  const playing = current?.fileId === fileId ? current : undefined;
  const at = playing?.at ?? 0;
  const length = formatLength(milliseconds);
  const width = waveformWidth(waveform);
  const path = waveformPath(waveform);
  const busy = playing?.kind === "playing";

  useEffect(() => {
    if (playing) player.follow(order);
  });

  return (
    <fieldset class="voice" aria-label={fill(texts.message, { length })}>
      <button
        type="button"
        class="play"
        aria-label={busy ? texts.pause : texts.play}
        aria-busy={playing?.kind === "loading"}
        onClick={() => player.toggle(message)}
      >
        <Sign name={busy ? "pause" : "play"} />
      </button>
      <span class="wave">
        <svg viewBox={`0 0 ${width} ${waveformHeight}`} preserveAspectRatio="none" aria-hidden="true">
          <path class="ahead" d={path} />
        </svg>
        <svg
          viewBox={`0 0 ${width} ${waveformHeight}`}
          preserveAspectRatio="none"
          aria-hidden="true"
          style={{ clipPath: `inset(0 ${100 - Math.min(100, (at / milliseconds) * 100)}% 0 0)` }}
        >
          <path d={path} />
        </svg>
        <input
          type="range"
          min={0}
          max={milliseconds}
          step={STEP / 10}
          value={at}
          aria-label={texts.position}
          aria-valuetext={fill(texts.at, { at: formatLength(at), length })}
          onInput={(event) => player.seek(message, event.currentTarget.valueAsNumber)}
          onKeyDown={(event) => {
            const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
            if (step !== undefined) {
              event.preventDefault();
              player.seek(message, at + step);
            } else if (event.key === " " || event.key === "Enter") {
              event.preventDefault();
              player.toggle(message);
            }
          }}
        />
      </span>
      <span class="length">{playing ? formatLength(at) : length}</span>
      {playing && (
        <button
          type="button"
          class="speed"
          aria-label={fill(texts.speed, { speed: String(speed) })}
          onClick={player.changeSpeed}
        >
          {speed}×
        </button>
      )}
      {unheard && !playing && (
        <i class="unheard">
          <span class="unseen">{texts.unheard}</span>
        </i>
      )}
      {playing?.kind === "failed" && (
        <span class="unplayed" role="alert">
          {texts.playFailed}
        </span>
      )}
    </fieldset>
  );
}
