import { useId } from "react";
import { CopyButton } from "../../ui/parts/copy-button.tsx";
import styles from "./own-entrance.module.css";

/** One line that is meant to be copied somewhere else, with what it is, where that is not plain. */
export function CopyLine({ text, label }: { text: string; label?: string }) {
  const id = useId();
  return (
    <div className={styles.line}>
      {label !== undefined && <span className={styles.label}>{label}</span>}
      <code className={styles.code} id={id}>
        {text}
      </code>
      <CopyButton text={text} of={id} />
    </div>
  );
}
