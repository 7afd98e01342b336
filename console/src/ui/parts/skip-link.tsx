import type { ReactNode } from "react";
import styles from "./skip-link.module.css";

/** The first stop of the keyboard: past everything that is the same on each page. */
export function SkipLink({ target, children }: { target: string; children: ReactNode }) {
  return (
    <a
      className={styles.link}
      href={`#${target}`}
      onClick={(event) => {
        // The address names the chat; a fragment would be a step in the history that leads nowhere.
        event.preventDefault();
        document.getElementById(target)?.focus();
      }}
    >
      {children}
    </a>
  );
}
