import { languages } from "@grata/contract/languages";
import { Center, Loader, Text, TextInput, VisuallyHidden } from "@mantine/core";
import { type RefObject, useEffect, useId, useImperativeHandle, useState } from "react";
import { useTranslation } from "react-i18next";
import { isTakenByInputMethod } from "../../ui/keys/sends.ts";
import { FailureAlert } from "../../ui/parts/failure-alert.tsx";
import { languageNames } from "../../ui/texts/language-names.ts";
import { useSentence } from "../../ui/texts/use-sentence.ts";
import styles from "./choice-panel.module.css";
import { ChoiceRow } from "./choice-row.tsx";
import { type Offer, useChoices } from "./use-choices.ts";

/** Does what a key stands for. */
export type PanelKeys = (key: string) => void;

interface ChoicePanelProps {
  conversationId: string;
  field: RefObject<HTMLTextAreaElement | null>;
  /** What was typed behind the slash; null: the panel has a field of its own. */
  typed: string | null;
  /** Takes the keys that are pressed in the composer. */
  keys: RefObject<PanelKeys | null>;
  onPick: (offer: Offer) => void;
  onClose: () => void;
}

/** The quick replies that fit, the best first: arrows choose, Enter takes one, Tab shows another language. */
export function ChoicePanel({ conversationId, field, typed, keys, onPick, onClose }: ChoicePanelProps) {
  const { t } = useTranslation(["quickReplies", "console"]);
  const sentenceOf = useSentence();
  const listId = useId();
  const [words, setWords] = useState("");
  const query = typed ?? words;
  const found = useChoices(conversationId, query);
  const [marked, setMarked] = useState({ query, index: 0 });
  // Other words, other offers: the first is the best of them.
  const active = marked.query === query ? Math.min(marked.index, Math.max(found.offers.length - 1, 0)) : 0;
  const activeId = found.offers.length > 0 ? `${listId}-${active}` : undefined;
  const nothing = found.upToDate && found.offers.length === 0;

  useImperativeHandle(keys, () => press);

  useEffect(() => {
    document.getElementById(activeId ?? "")?.scrollIntoView({ block: "nearest" });
  }, [activeId]);

  // A screen reader in the composer is told of the list that belongs to what is typed there.
  useEffect(() => {
    const area = field.current;
    if (typed === null || area === null) {
      return;
    }
    const told = { "aria-autocomplete": "list", "aria-controls": listId, "aria-activedescendant": activeId };
    for (const [name, value] of Object.entries(told)) {
      if (value !== undefined) area.setAttribute(name, value);
    }
    return () => {
      for (const name of Object.keys(told)) area.removeAttribute(name);
    };
  }, [field, typed, listId, activeId]);

  // Several words that nothing answers to are no search but a sentence.
  const sentence = nothing && typed?.includes(" ");
  useEffect(() => {
    if (sentence) onClose();
  }, [sentence, onClose]);

  function press(key: string): void {
    const count = found.offers.length;
    switch (key) {
      case "ArrowDown":
        setMarked({ query, index: (active + 1) % Math.max(count, 1) });
        break;
      case "ArrowUp":
        setMarked({ query, index: (active - 1 + count) % Math.max(count, 1) });
        break;
      case "Tab":
        found.setLanguage(
          languages[(languages.indexOf(found.language) + 1) % languages.length] ?? found.language,
        );
        break;
      case "Escape":
        onClose();
        break;
      case "Enter":
        void take();
        break;
    }
  }

  /** Takes the marked one; of what is still being looked for the best, once it is known. */
  async function take(): Promise<void> {
    const offer = found.upToDate ? found.offers[active] : await found.best().catch(() => null);
    if (offer) {
      onPick(offer);
    } else if (found.upToDate) {
      onClose();
    }
  }

  return (
    <>
      {typed === null && (
        <TextInput
          className={styles.search}
          aria-label={t("choose.search")}
          placeholder={t("choose.search")}
          role="combobox"
          aria-expanded={found.offers.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={activeId}
          autoComplete="off"
          autoFocus
          maxLength={200}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
          onKeyDown={(event) => {
            const handled = ["ArrowDown", "ArrowUp", "Enter", "Escape"].includes(event.key);
            const otherLanguage = event.key === "Tab" && !event.shiftKey;
            if ((handled || otherLanguage) && !isTakenByInputMethod(event.nativeEvent)) {
              // Inside the form of the composer Enter would send the message.
              event.preventDefault();
              press(event.key);
            }
          }}
        />
      )}
      {found.error !== null && <FailureAlert sentence={sentenceOf(found.error)} onRetry={found.retry} />}
      {found.pending && (
        <Center className={styles.none}>
          <Loader size="sm" aria-label={t("console:loading")} />
        </Center>
      )}
      {nothing && (
        <Text className={styles.none} c="dimmed">
          {query.trim() === "" ? t("choose.noneAtAll") : t("choose.none")}
        </Text>
      )}
      <div
        className={styles.list}
        role="listbox"
        id={listId}
        aria-label={t("choose.title")}
        hidden={found.offers.length === 0}
      >
        {found.offers.map((offer, index) => (
          <ChoiceRow
            key={offer.choice.id}
            id={`${listId}-${index}`}
            offer={offer}
            wanted={found.language}
            active={index === active}
            onPoint={() => setMarked({ query, index })}
            onPick={() => onPick(offer)}
          />
        ))}
      </div>
      <div className={styles.foot}>
        <fieldset className={styles.languages} aria-label={t("choose.language")}>
          {languages.map((known) => (
            <button
              key={known}
              type="button"
              lang={known}
              className={styles.language}
              aria-pressed={known === found.language}
              // The focus stays in the field, where the keys are heard.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => found.setLanguage(known)}
            >
              {languageNames[known]}
            </button>
          ))}
        </fieldset>
        {found.total > found.offers.length && (
          <span>{t("choose.more", { count: found.total - found.offers.length })}</span>
        )}
        <span className={styles.keys}>{t("choose.keys")}</span>
      </div>
      <VisuallyHidden role="status">
        {nothing ? t("choose.none") : found.upToDate && t("choose.found", { count: found.total })}
      </VisuallyHidden>
    </>
  );
}
