import {
  formatLength,
  waveformHeight,
  waveformPath,
  waveformWidth,
} from "@grata/client/browser/voice/drawing";
import type { Playable } from "@grata/client/browser/voice/player";
import type { Attachment } from "@grata/contract/files";
import { useEffect } from "preact/hooks";
import { fill } from "../../../texts/fill.ts";
import type { VoiceTexts } from "../../../texts/load-voice.ts";
import type { Chat, ChatView } from "../../chat/chat.ts";
import type { VisitorFiles } from "../../chat/visitor-files.ts";
import { useObservable } from "../../ui/use-observable.ts";
import { earsOf } from "./ears.ts";
import { Sign } from "./sign.tsx";
import { useVoiceTexts } from "./use-voice-texts.ts";
import "./voice-message.css";

type Props = {
  file: Extract<Attachment, { kind: "voice" }>;
  /** Whether the visitor said it: then there is nothing to be heard yet. */
  own: boolean;
  files: VisitorFiles;
  chat: Chat;
};

/** How far an arrow key goes, in milliseconds. */
const STEP = 1000;

/** A voice message: its shape, its length, and what plays it. */
export function VoiceMessage({ file, own, files, chat }: Props) {
  const texts = useVoiceTexts();
  return texts && <Voice texts={texts} file={file} own={own} files={files} chat={chat} />;
}

function Voice({ texts, file, own, files, chat }: Props & { texts: VoiceTexts }) {
  const { player, heard } = earsOf(files);
  const { id: fileId, milliseconds, waveform } = file;
  const message: Playable = { fileId, address: fileId, milliseconds, own };
  const { current, speed } = useObservable(player);
  const unheard = !useObservable(heard).has(fileId) && !own;
  const playing = current?.fileId === fileId ? current : undefined;
  const at = playing?.at ?? 0;
  const length = formatLength(milliseconds);
  const width = waveformWidth(waveform);
  const path = waveformPath(waveform);
  const busy = playing?.kind === "playing";

  useEffect(() => {
    // As it is when one ends: what came in the meantime is played too.
    if (playing) player.follow(() => playablesOf(chat.snapshot()));
  });

  // Another visitor has come, or the window is gone.
  useEffect(
    () => () => {
      if (player.snapshot().current?.fileId === fileId) player.dispose();
    },
    [player, fileId],
  );

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

/** The voice messages that the window shows, in their order. */
function playablesOf({ episodes }: ChatView): Playable[] {
  return episodes
    .flatMap(({ log }) => log.entries)
    .flatMap(({ occurrence, author }) => {
      const file = occurrence.kind === "message" ? occurrence.file : undefined;
      if (file?.kind !== "voice") return [];
      const { id, milliseconds } = file;
      return [{ fileId: id, address: id, milliseconds, own: author.kind === "customer" }];
    });
}
