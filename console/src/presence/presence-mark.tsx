import type { Presence } from "@grata/contract/team";
import { PauseIcon } from "../ui/theme/icons.ts";
import styles from "./presence-mark.module.css";

/** A state by its shape and colour: full, halved by the sign of a pause, empty. The word stands beside it. */
export function PresenceMark({ presence }: { presence: Presence }) {
  return (
    <span className={styles.mark} data-presence={presence} aria-hidden>
      {presence === "paused" && <PauseIcon size={8} stroke={4} />}
    </span>
  );
}
