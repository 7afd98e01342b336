import { VisuallyHidden } from "@mantine/core";
import { useTranslation } from "react-i18next";
import styles from "./key-names.module.css";
import type { Key } from "./list.ts";
import { isApple } from "./read-key.ts";

const named = {
  mod: isApple ? "command" : "ctrl",
  alt: isApple ? "option" : "alt",
  shift: "shift",
  up: "up",
  down: "down",
  enter: "enter",
  escape: "escape",
} as const;

const signs: Record<string, string> = { up: "↑", down: "↓", command: "⌘", option: "⌥" };

/** A key as it stands on this system's keyboard. */
export function KeyNames({ keyName }: { keyName: Key }) {
  const { t } = useTranslation();
  return (
    <span className={styles.keys}>
      {keyName.split("+").map((part) => {
        const name = part in named ? named[part as keyof typeof named] : null;
        const word = name === null ? part.toUpperCase() : t(`shortcuts.keys.${name}`);
        const sign = name === null ? undefined : signs[name];
        return (
          <kbd key={part} className={styles.key}>
            {sign === undefined ? (
              word
            ) : (
              <>
                <span aria-hidden>{sign}</span>
                <VisuallyHidden>{word}</VisuallyHidden>
              </>
            )}
          </kbd>
        );
      })}
    </span>
  );
}
