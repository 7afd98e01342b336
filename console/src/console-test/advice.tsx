import { WarningIcon } from "../ui/theme/icons.ts";
import styles from "./test-panel.module.css";

/** What may be wrong, and what to do about it: said at once. */
export function Advice({ lines }: { lines: readonly string[] }) {
  return (
    <div role="alert" className={styles.advice}>
      <WarningIcon className={styles.sign} size={18} aria-hidden />
      {lines.length === 1 ? (
        <p className={styles.sentences}>{lines[0]}</p>
      ) : (
        <ul className={styles.sentences}>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
