import { formatLength } from "@grata/client/browser/voice/drawing";
import { type PushToTalk, VOICE_LIMIT } from "@grata/client/browser/voice/push-to-talk";
import type { Talk } from "@grata/client/browser/voice/talk";
import { ActionIcon, VisuallyHidden } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { CloseIcon, SendIcon } from "../../ui/theme/icons.ts";
import { LevelMeter } from "./level-meter.tsx";
import styles from "./recording-bar.module.css";

const COUNT_DOWN = 10_000;
const TICK = 200;

/** What is seen while it records: how loud, how long, what to do next; and the buttons of whoever does not hold. */
export function RecordingBar({ state, talk }: { state: Talk; talk: PushToTalk }) {
  const { t } = useTranslation("voice");
  const elapsed = useElapsed(talk);
  if (state.kind !== "recording") {
    return (
      <div className={styles.bar}>
        <span className={styles.words}>{t("talk.opening")}</span>
      </div>
    );
  }
  const remaining = VOICE_LIMIT - elapsed;
  const free = state.way === "free";
  return (
    <div className={styles.bar} data-away={state.away} data-free={free}>
      <span className={styles.dot} aria-hidden />
      <span className={styles.time}>{formatLength(elapsed)}</span>
      <LevelMeter talk={talk} />
      <span className={styles.words}>{words()}</span>
      <VisuallyHidden role="status">
        {remaining <= COUNT_DOWN ? t("talk.left", { count: COUNT_DOWN / 1000 }) : ""}
      </VisuallyHidden>
      {free && (
        <>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={t("talk.cancel")}
            onClick={talk.cancel}
          >
            <CloseIcon size={20} aria-hidden />
          </ActionIcon>
          <ActionIcon ref={takeFocus} size={36} aria-label={t("talk.send")} onClick={talk.send}>
            <SendIcon size={20} aria-hidden />
          </ActionIcon>
        </>
      )}
    </div>
  );

  function words(): string {
    if (state.kind === "recording" && state.away) return t("talk.away");
    if (remaining <= COUNT_DOWN) return t("talk.left", { count: Math.max(0, Math.ceil(remaining / 1000)) });
    return free ? t("talk.recording") : t("talk.hold");
  }
}

/** Whoever cannot hold a key goes on with the same one. */
function takeFocus(button: HTMLButtonElement | null): void {
  button?.focus();
}

function useElapsed(talk: PushToTalk): number {
  const [elapsed, setElapsed] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setElapsed(talk.elapsed()), TICK);
    return () => clearInterval(timer);
  }, [talk]);
  return elapsed;
}
