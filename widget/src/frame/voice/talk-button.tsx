import { holdButton, watchKeys } from "@grata/client/browser/voice/hold";
import { beginTake, type Recording } from "@grata/client/browser/voice/microphone";
import { createPushToTalk } from "@grata/client/browser/voice/push-to-talk";
import { useEffect, useRef, useState } from "preact/hooks";
import type { VoiceTexts } from "../../texts/load-voice.ts";
import { useObservable } from "../use-observable.ts";
import { Advice } from "./advice.tsx";
import { RecordingBar } from "./recording-bar.tsx";
import { Sign } from "./sign.tsx";
import "./talk.css";

/** Push-to-talk: hold it, speak, let go. While it records it covers the field around it. */
export function TalkButton({
  texts,
  onRecording,
}: {
  texts: VoiceTexts;
  onRecording: (recording: Recording) => void;
}) {
  const handler = useRef(onRecording);
  handler.current = onRecording;
  const [sent, setSent] = useState(0);
  const [talk] = useState(() =>
    createPushToTalk({
      beginTake,
      onRecording(recording) {
        handler.current(recording);
        setSent((before) => before + 1);
      },
    }),
  );
  const state = useObservable(talk);
  const button = useRef<HTMLButtonElement>(null);
  const advising = state.kind === "explaining" || state.kind === "hindered";
  const recording = state.kind === "recording";

  useEffect(() => {
    const stopHolding = button.current ? holdButton(button.current, talk) : () => undefined;
    const stopKeys = watchKeys(talk);
    return () => {
      stopHolding();
      stopKeys();
      talk.dispose();
    };
  }, [talk]);

  return (
    <>
      <button
        type="button"
        ref={button}
        class={recording ? "quiet talk on" : "quiet talk"}
        aria-label={texts.button}
        title={texts.button}
        aria-pressed={recording}
      >
        <Sign name="microphone" />
      </button>
      {(state.kind === "opening" || recording) && <RecordingBar state={state} talk={talk} texts={texts} />}
      {advising && (
        <Advice
          state={state}
          talk={talk}
          texts={texts}
          onClose={() => {
            talk.cancel();
            button.current?.focus();
          }}
        />
      )}
      <span class="unseen" role="status">
        {recording ? texts.recording : sent > 0 && state.kind === "idle" ? texts.sent : ""}
      </span>
    </>
  );
}
