import type { ReactNode } from "react";
import styles from "./banner.module.css";

/** A line above the page: what is wrong with all of it, and what helps. */
export function Banner({ sentence, children }: { sentence: string; children: ReactNode }) {
  return (
    <div className={styles.banner} role="alert">
      <span>{sentence}</span>
      {children}
    </div>
  );
}
