import { Alert } from "@mantine/core";
import { WarningIcon } from "../theme/icons.ts";
import styles from "./test-panel.module.css";

/** What may be wrong, and what to do about it: said at once. */
export function Advice({ lines }: { lines: readonly string[] }) {
  return (
    <Alert
      role="alert"
      variant="light"
      color="yellow"
      p="xs"
      icon={<WarningIcon size={18} aria-hidden />}
      styles={{ message: { color: "var(--mantine-color-text)" } }}
    >
      {lines.length === 1 ? (
        lines[0]
      ) : (
        <ul className={styles.advice}>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </Alert>
  );
}
