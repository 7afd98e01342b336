import {
  formatLength,
  waveformHeight,
  waveformPath,
  waveformWidth,
} from "@grata/client/browser/voice/drawing";
import type { Playable } from "@grata/client/browser/voice/player";
import type { Attachment } from "@grata/contract/files";
import { ActionIcon, Loader, Text, UnstyledButton, VisuallyHidden } from "@mantine/core";
import { useEffect, useId } from "react";
import { useTranslation } from "react-i18next";
import { useLive } from "../../live/live-provider.tsx";
import { useObservable } from "../../ui/store/use-observable.ts";
import { PausePlayingIcon, PlayIcon } from "../../ui/theme/icons.ts";
import { useLog } from "../use-log.ts";
import { playableOf, playablesOf } from "./playables.ts";
import styles from "./voice-message.module.css";
import { playerOf } from "./voice-player.ts";

type Voice = Extract<Attachment, { kind: "voice" }>;

interface VoiceMessageProps {
  conversationId: string;
  file: Voice;
  /** Said by the team: then there is nothing to be heard yet. */
  own: boolean;
}

/** How far an arrow key goes, in milliseconds. */
const STEP = 1000;

/** A voice message: its shape, its length, and what plays it. */
export function VoiceMessage({ conversationId, file, own }: VoiceMessageProps) {
  const { t } = useTranslation("voice");
  const { userId } = useLive();
  const { player, heard } = playerOf(userId);
  const { current, speed } = useObservable(player);
  const unheard = !useObservable(heard).has(file.id) && !own;
  const { log } = useLog(conversationId);
  const playing = current?.fileId === file.id ? current : undefined;
  const at = playing?.at ?? 0;
  const playable: Playable = playableOf(conversationId, file, own);
  const length = formatLength(file.milliseconds);
  const clip = useId();
  const width = waveformWidth(file.waveform);
  const path = waveformPath(file.waveform);

  useEffect(() => {
    // As it is when one ends: what came in the meantime is played too.
    if (playing) player.follow(() => playablesOf(conversationId, log.snapshot().entries));
  }, [playing, player, conversationId, log]);

  return (
    <fieldset className={styles.voice} aria-label={t("player.label", { length })}>
      <ActionIcon
        variant="light"
        radius="xl"
        size={40}
        aria-label={t(playing?.kind === "playing" ? "player.pause" : "player.play")}
        onClick={() => player.toggle(playable)}
      >
        {sign()}
      </ActionIcon>
      <div className={styles.middle}>
        <div className={styles.wave}>
          <svg viewBox={`0 0 ${width} ${waveformHeight}`} preserveAspectRatio="none" aria-hidden="true">
            <clipPath id={clip}>
              <rect width={width * Math.min(1, at / file.milliseconds)} height={waveformHeight} />
            </clipPath>
            <path className={styles.ahead} d={path} />
            <path className={styles.behind} d={path} clipPath={`url(#${clip})`} />
          </svg>
          <input
            className={styles.slider}
            type="range"
            min={0}
            max={file.milliseconds}
            step={STEP / 10}
            value={at}
            aria-label={t("player.position")}
            aria-valuetext={t("player.at", { at: formatLength(at), length })}
            onChange={(event) => player.seek(playable, event.currentTarget.valueAsNumber)}
            onKeyDown={(event) => {
              const step = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
              if (step !== undefined) {
                event.preventDefault();
                player.seek(playable, at + step);
              } else if (event.key === " " || event.key === "Enter") {
                event.preventDefault();
                player.toggle(playable);
              }
            }}
          />
        </div>
        {playing?.kind === "failed" && (
          <Text size="xs" c="var(--mantine-color-error)" role="alert">
            {t("player.failed")}
          </Text>
        )}
      </div>
      <span className={styles.length}>{playing ? formatLength(at) : length}</span>
      {playing ? (
        <UnstyledButton
          className={styles.speed}
          aria-label={t("player.speed", { speed })}
          onClick={player.changeSpeed}
        >
          {speed}×
        </UnstyledButton>
      ) : (
        unheard && (
          <span className={styles.unheard}>
            <VisuallyHidden>{t("player.unheard")}</VisuallyHidden>
          </span>
        )
      )}
    </fieldset>
  );

  function sign() {
    switch (playing?.kind) {
      case "loading":
        return <Loader size={18} aria-label={t("player.loading")} />;
      case "playing":
        return <PausePlayingIcon size={18} aria-hidden />;
      case "paused":
      case "failed":
      case undefined:
        return <PlayIcon size={18} aria-hidden />;
    }
  }
}
