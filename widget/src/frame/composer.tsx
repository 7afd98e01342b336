import type { Drafts } from "@grata/client/drafts";
import { messageLimit } from "@grata/contract/text";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useWording } from "./wording.ts";

/** The key code of a key that an input method consumed. Safari ends a composition before the Enter that ended it. */
const CONSUMED_BY_INPUT_METHOD = 229;

/** Where the visitor writes. What stands in it survives a reload. */
export function Composer({
  open,
  draft,
  drafts,
  onSend,
}: {
  open: boolean;
  draft: string;
  drafts: Drafts;
  onSend: (text: string) => void;
}) {
  const { texts } = useWording();
  const [text, setText] = useState(() => drafts.read(draft));
  const field = useRef<HTMLTextAreaElement>(null);

  function change(next: string): void {
    drafts.write(draft, next);
    setText(next);
  }

  function send(): void {
    if (text.trim() !== "") {
      onSend(text);
      change("");
    }
    field.current?.focus();
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
      <textarea
        ref={field}
        rows={1}
        value={text}
        maxLength={messageLimit}
        enterkeyhint="send"
        aria-label={texts.composer}
        placeholder={texts.composer}
        onInput={(event) => change(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <button type="submit" disabled={text.trim() === ""}>
        {texts.send}
      </button>
    </form>
  );
}
