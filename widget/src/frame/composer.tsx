import type { Drafts } from "@grata/client/drafts";
import { messageLimit } from "@grata/contract/limits";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { fill } from "../texts/fill.ts";
import type { Chat } from "./chat.ts";
import { EmojiButton } from "./emoji-button.tsx";
import { Icon } from "./icon.tsx";
import { useWording } from "./wording.ts";

/** The key code of a key that an input method consumed. Safari ends a composition before the Enter that ended it. */
const CONSUMED_BY_INPUT_METHOD = 229;

/** Where the visitor writes. What stands in it survives a reload. */
export function Composer({
  open,
  draft,
  drafts,
  chat,
  note,
}: {
  open: boolean;
  draft: string;
  drafts: Drafts;
  chat: Chat;
  /** Said above the field. */
  note: string | null;
}) {
  const { texts } = useWording();
  const [text, setText] = useState(() => drafts.read(draft));
  const field = useRef<HTMLTextAreaElement>(null);
  const excess = text.length - messageLimit;
  const sendable = text.trim() !== "" && excess <= 0;

  function change(next: string): void {
    drafts.write(draft, next);
    setText(next);
    chat.press(next.trim() !== "");
  }

  function send(): void {
    if (sendable) {
      chat.send(text);
      drafts.write(draft, "");
      setText("");
    }
    field.current?.focus();
  }

  function insert(emoji: string): void {
    const element = field.current;
    if (element) {
      element.setRangeText(emoji, element.selectionStart, element.selectionEnd, "end");
      change(element.value);
      element.focus();
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    const composing = event.isComposing || event.keyCode === CONSUMED_BY_INPUT_METHOD;
    if (event.key === "Enter" && !event.shiftKey && !composing) {
      event.preventDefault();
      send();
    }
  }

  useLayoutEffect(() => {
    // On a phone the keyboard would cover half of what there is to read.
    if (open && matchMedia("(pointer: fine)").matches) {
      field.current?.focus();
    }
  }, [open]);

  useLayoutEffect(() => {
    const element = field.current;
    if (element) {
      element.style.height = "auto";
      element.style.height = `${element.scrollHeight}px`;
    }
  }, [text]);

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {note !== null && (
        <p class="note" dir="auto">
          {note}
        </p>
      )}
      {excess > 0 && (
        <p class="note bad" role="status">
          {fill(texts.tooLong, { count: String(excess) })}
        </p>
      )}
      <div class="field">
        <textarea
          ref={field}
          rows={1}
          dir="auto"
          value={text}
          enterkeyhint="send"
          aria-label={texts.composer}
          placeholder={texts.composer}
          onInput={(event) => change(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <EmojiButton onPick={insert} />
        <button type="submit" class="send" disabled={!sendable} aria-label={texts.send} title={texts.send}>
          <Icon name="send" />
        </button>
      </div>
    </form>
  );
}
