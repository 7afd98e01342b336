import { holdButton, watchKeys } from "@grata/client/browser/voice/hold";
import { beginTake, type Recording } from "@grata/client/browser/voice/microphone";
import { createPushToTalk } from "@grata/client/browser/voice/push-to-talk";
import { ActionIcon, Popover, VisuallyHidden } from "@mantine/core";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../../live/live-provider.tsx";
import { useObservable } from "../../ui/store/use-observable.ts";
import { TalkIcon } from "../../ui/theme/icons.ts";
import { MessageFile } from "../files/lazy-message-file.ts";
import { VoiceMessage } from "./lazy-voice-message.ts";
import { RecordingBar } from "./recording-bar.tsx";
import { talkKeys, talkShortcut } from "./shortcut.ts";
import { TalkAdvice } from "./talk-advice.tsx";
import styles from "./talk-button.module.css";
import { playerOf } from "./voice-player.ts";

interface TalkButtonProps {
  conversationId: string;
  /** Recording is over, one way or the other. */
  onEnd: () => void;
}

/** Push-to-talk: hold it, speak, let go. While it records it covers the composer around it. */
export function TalkButton({ conversationId, onEnd }: TalkButtonProps) {
  const { t } = useTranslation("voice");
  const { userId, uploads } = useLive();
  const { player } = playerOf(userId);
  const end = useEffectEvent(onEnd);
  const [announced, setAnnounced] = useState<"talk.recording" | "talk.sent">();
  const [talk] = useState(() =>
    createPushToTalk({
      beginTake,
      onRecording: send,
    }),
  );
  const state = useObservable(talk);

  async function send({ blob }: Recording): Promise<void> {
    const sending = await uploads();
    sending.add(conversationId, "", new File([blob], "voice", { type: blob.type }), "voice");
    setAnnounced("talk.sent");
  }

  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    const stopHolding = button.current ? holdButton(button.current, talk) : () => undefined;
    const stopKeys = watchKeys(talk, talkShortcut);
    // What sends and shows it is loaded now: when something was recorded there may be no network to load it by.
    void Promise.allSettled([uploads(), MessageFile.preload(), VoiceMessage.preload()]);
    return () => {
      stopHolding();
      stopKeys();
      talk.dispose();
      player.dispose();
    };
  }, [talk, uploads, player]);

  const { kind } = state;
  const before = useRef(kind);
  useEffect(() => {
    if (before.current === "recording" && kind === "idle") end();
    // A loudspeaker would speak into the microphone.
    if (kind === "opening") player.pause();
    if (kind === "recording") setAnnounced("talk.recording");
    before.current = kind;
  }, [kind, player]);

  const advising = kind === "explaining" || kind === "hindered";
  return (
    <>
      <Popover
        opened={advising}
        onChange={(opened) => !opened && talk.cancel()}
        position="top-end"
        width={300}
        shadow="md"
        withArrow
        trapFocus
        returnFocus
      >
        <Popover.Target>
          <ActionIcon
            ref={button}
            className={styles.button}
            data-recording={kind === "recording"}
            variant={kind === "recording" ? "filled" : "subtle"}
            color={kind === "recording" ? "red" : "gray"}
            size={36}
            aria-label={t("talk.button")}
            title={t("talk.title", { keys: talkKeys })}
            aria-pressed={kind === "recording"}
          >
            <TalkIcon size={20} aria-hidden />
          </ActionIcon>
        </Popover.Target>
        <Popover.Dropdown>{advising && <TalkAdvice state={state} talk={talk} />}</Popover.Dropdown>
      </Popover>
      {(kind === "opening" || kind === "recording") && <RecordingBar state={state} talk={talk} />}
      <VisuallyHidden role="status">
        {announced && (announced !== "talk.recording" || kind === "recording") && t(announced)}
      </VisuallyHidden>
    </>
  );
}
