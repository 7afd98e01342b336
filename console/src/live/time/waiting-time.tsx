import { VisuallyHidden } from "@mantine/core";
import { WaitingIcon } from "../../ui/theme/icons.ts";
import { useElapsed, useWait } from "./use-elapsed.ts";
import styles from "./waiting-time.module.css";

interface WaitingTimeProps {
  since: number;
  /** The whole sentence for those who do not see the sign and its colour. */
  sentence: (duration: string) => string;
}

/** How long somebody has been waiting: a sign, a short time and a colour, and the sentence behind them. */
export function WaitingTime({ since, sentence }: WaitingTimeProps) {
  const duration = useElapsed(since);
  const { level } = useWait(since);
  return (
    <span className={styles.time} data-level={level} title={sentence(duration)}>
      <WaitingIcon size={14} aria-hidden />
      <span aria-hidden>{duration}</span>
      <VisuallyHidden>{sentence(duration)}</VisuallyHidden>
    </span>
  );
}
