import { holdButton, watchKeys } from "@grata/client/browser/voice/hold";
import { beginTake, type Recording } from "@grata/client/browser/voice/microphone";
import { createPushToTalk } from "@grata/client/browser/voice/push-to-talk";
import { ActionIcon, Popover, VisuallyHidden } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useObservable } from "../live/use-observable.ts";
import { TalkIcon } from "../theme/icons.ts";
import { RecordingBar } from "./recording-bar.tsx";
import { talkKeys, talkShortcut } from "./shortcut.ts";
import { TalkAdvice } from "./talk-advice.tsx";
import styles from "./talk-button.module.css";

interface TalkButtonProps {
  onRecording: (recording: Recording) => void;
  /** Recording is over, one way or the other. */
  onEnd: () => void;
}

/** Push-to-talk: hold it, speak, let go. While it records it covers the composer around it. */
export function TalkButton({ onRecording, onEnd }: TalkButtonProps) {
  const { t } = useTranslation("voice");
  const handlers = useRef({ onRecording, onEnd });
  handlers.current = { onRecording, onEnd };
  const [announced, setAnnounced] = useState("");
  const [talk] = useState(() =>
    createPushToTalk({
      beginTake,
      onRecording(recording) {
        handlers.current.onRecording(recording);
        setAnnounced("talk.sent");
      },
    }),
  );
  const state = useObservable(talk);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    const stopHolding = button.current ? holdButton(button.current, talk) : () => undefined;
    const stopKeys = watchKeys(talk, talkShortcut);
    return () => {
      stopHolding();
      stopKeys();
      talk.dispose();
    };
  }, [talk]);

  const { kind } = state;
  const before = useRef(kind);
  useEffect(() => {
    if (before.current === "recording" && kind === "idle") handlers.current.onEnd();
    if (kind === "recording") setAnnounced("talk.recording");
    before.current = kind;
  }, [kind]);

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
        {announced === "talk.sent"
          ? t("talk.sent")
          : announced === "talk.recording"
            ? t("talk.recording")
            : ""}
      </VisuallyHidden>
    </>
  );
}
