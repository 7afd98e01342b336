import { ActionIcon } from "@mantine/core";
import { type ReactNode, type RefObject, useEffect, useEffectEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { isTakenByInputMethod } from "../../ui/keys/sends.ts";
import { QuickReplyIcon } from "../../ui/theme/icons.ts";
import styles from "./choice-panel.module.css";
import { ChoicePanel, type PanelKeys } from "./choice-panel.tsx";
import type { Offer } from "./use-choices.ts";
import { useSlash } from "./use-slash.ts";

interface QuickRepliesProps {
  conversationId: string;
  /** Where the message is written. */
  field: RefObject<HTMLTextAreaElement | null>;
  /** The text of the field is another now. */
  onText: (text: string) => void;
}

/** What the panel answers to while the writer's hands are in the field. */
const panelKeys = new Set(["ArrowDown", "ArrowUp", "Enter", "Tab", "Escape"]);

/** Quick replies beside the composer: a slash at the beginning of a word opens them, and so does the button. */
export function QuickReplies({ conversationId, field, onText }: QuickRepliesProps): ReactNode {
  const { t } = useTranslation();
  const keys = useRef<PanelKeys>(null);
  const { slash, dismiss } = useSlash(field);
  const [menu, setMenu] = useState(false);
  const open = menu || slash !== null;

  // The field is React's, and its Enter sends: here the key stops before React hears of it. Also while the offers
  // are still on their way, or half a command would be sent to the customer.
  const onFieldKey = useEffectEvent((event: KeyboardEvent) => {
    const plain = !event.shiftKey && !event.altKey && !event.ctrlKey && !event.metaKey;
    if (slash === null || !plain || isTakenByInputMethod(event) || !panelKeys.has(event.key)) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") {
      dismiss();
    } else {
      keys.current?.(event.key);
    }
  });

  useEffect(() => {
    const area = field.current;
    area?.addEventListener("keydown", onFieldKey);
    return () => area?.removeEventListener("keydown", onFieldKey);
  }, [field]);

  function close(): void {
    setMenu(false);
    field.current?.focus();
    dismiss();
  }

  function insert(offer: Offer): void {
    const area = field.current;
    if (area === null) {
      return;
    }
    const [from, to] =
      slash === null
        ? [area.selectionStart, area.selectionEnd]
        : [slash.from, slash.from + slash.query.length + 1];
    // What was found for a slash that is gone by now has no place any more.
    if (slash !== null && area.value.slice(from, to) !== `/${slash.query}`) {
      return;
    }
    setMenu(false);
    area.focus();
    area.setRangeText(offer.text, from, to, "end");
    onText(area.value);
    dismiss();
  }

  return (
    <div className={styles.root}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        aria-label={t("quickReplies.title")}
        aria-expanded={open}
        // The focus stays where it is: leaving the panel for this button would close it before the click.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => (open ? close() : setMenu(true))}
      >
        <QuickReplyIcon size={20} aria-hidden />
      </ActionIcon>
      {open && (
        <div
          className={styles.panel}
          role="dialog"
          aria-label={t("quickReplies.title")}
          onBlur={({ currentTarget, relatedTarget }) => {
            if (menu && !currentTarget.contains(relatedTarget)) {
              setMenu(false);
            }
          }}
        >
          <ChoicePanel
            key={menu ? "menu" : "slash"}
            conversationId={conversationId}
            field={field}
            typed={menu ? null : (slash?.query ?? "")}
            keys={keys}
            onPick={insert}
            onClose={close}
          />
        </div>
      )}
    </div>
  );
}
