import { Text, TextInput } from "@mantine/core";
import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { LateFailure } from "../../ui/late/late-failure.tsx";
import { useLate } from "../../ui/late/use-late.ts";
import { useLanguage } from "../../ui/texts/use-language.ts";
import { emojiBooks } from "./emoji-books.ts";
import { COLUMNS, placeAfterKey } from "./emoji-grid.ts";
import styles from "./emoji-picker.module.css";
import { findEmoji } from "./find-emoji.ts";

/** The emoji that people use most: a word finds them, arrow keys walk through them, Enter takes one. */
export function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const book = emojiBooks[language];
  const loaded = useLate(book);
  const [words, setWords] = useState("");
  const [place, setPlace] = useState(0);
  const grid = useRef<HTMLDivElement>(null);
  const found = loaded.kind === "ready" ? findEmoji(loaded.value, words) : [];

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const next = placeAfterKey(event.key, place, found.length);
    if (next !== null) {
      event.preventDefault();
      setPlace(next);
      grid.current?.querySelectorAll("button")[next]?.focus();
    }
  }

  return (
    <>
      <div className={styles.search}>
        <TextInput
          aria-label={t("emoji.search")}
          placeholder={t("emoji.search")}
          value={words}
          data-autofocus
          autoFocus
          onChange={(event) => {
            setWords(event.currentTarget.value);
            setPlace(0);
          }}
          onKeyDown={(event) => {
            const first = found[0];
            // Inside the form of the composer Enter would send the message.
            if (event.key === "Enter" && !event.nativeEvent.isComposing) {
              event.preventDefault();
              if (first !== undefined && words !== "") {
                onPick(first.emoji);
              }
            } else if (event.key === "ArrowDown") {
              event.preventDefault();
              grid.current?.querySelector("button")?.focus();
            }
          }}
        />
      </div>
      {content()}
    </>
  );

  function content() {
    if (loaded.kind === "failed") {
      return <LateFailure place="section" onRetry={() => void book.get().catch(() => undefined)} />;
    }
    return found.length === 0 ? (
      <Text className={styles.none} c="dimmed" role="status">
        {t("emoji.none")}
      </Text>
    ) : (
      <div
        ref={grid}
        className={styles.grid}
        style={{ gridTemplateColumns: `repeat(${COLUMNS}, 1fr)` }}
        role="toolbar"
        aria-label={t("emoji.title")}
        onKeyDown={onKeyDown}
      >
        {found.map(({ emoji, name }, index) => (
          <button
            key={emoji}
            type="button"
            className={styles.emoji}
            aria-label={name}
            title={name}
            tabIndex={index === place ? 0 : -1}
            onFocus={() => setPlace(index)}
            onClick={() => onPick(emoji)}
          >
            {emoji}
          </button>
        ))}
      </div>
    );
  }
}
