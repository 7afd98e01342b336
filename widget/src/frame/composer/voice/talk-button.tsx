import { holdButton, watchKeys } from "@grata/client/browser/voice/hold";
import { beginTake } from "@grata/client/browser/voice/microphone";
import { createPushToTalk } from "@grata/client/browser/voice/push-to-talk";
import { useEffect, useRef, useState } from "preact/hooks";
import type { VoiceTexts } from "../../../texts/load-voice.ts";
import type { Chat } from "../../chat/chat.ts";
import { Advice } from "../../messages/voice/advice.tsx";
import { earsOf } from "../../messages/voice/ears.ts";
import { Sign } from "../../messages/voice/sign.tsx";
import { useObservable } from "../../ui/use-observable.ts";
import { RecordingBar } from "./recording-bar.tsx";
import "./talk.css";

/** Push-to-talk: hold it, speak, let go. While it records it covers the field around it. */
export function TalkButton({ texts, chat }: { texts: VoiceTexts; chat: Chat }) {
  const [sent, setSent] = useState(false);
  const [talk] = useState(() =>
    createPushToTalk({
      beginTake,
      onRecording: ({ blob }) => chat.sendVoice(blob).then(() => setSent(true)),
    }),
  );
  const state = useObservable(talk);
  const button = useRef<HTMLButtonElement>(null);
  const advising = state.kind === "explaining" || state.kind === "hindered";
  const recording = state.kind === "recording";

  useEffect(() => {
    const stopHolding = button.current ? holdButton(button.current, talk) : () => undefined;
    const stopKeys = watchKeys(talk);
    // What sends and shows it is loaded now: when something was recorded there may be no network to load it by.
    void Promise.allSettled([chat.files(), import("../../messages/file-view.tsx")]);
    return () => {
      stopHolding();
      stopKeys();
      talk.dispose();
    };
  }, [talk, chat]);

  useEffect(() => {
    if (state.kind === "opening") {
      setSent(false);
      // A loudspeaker would speak into the microphone.
      void chat.files().then(
        (files) => earsOf(files).player.pause(),
        () => undefined,
      );
    }
  }, [state.kind, chat]);

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
        {recording ? texts.recording : sent ? texts.sent : ""}
      </span>
    </>
  );
}
