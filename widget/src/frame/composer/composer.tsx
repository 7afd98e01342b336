import type { Drafts } from "@grata/client/drafts";
import { messageLimit } from "@grata/contract/limits";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { fill } from "../../texts/fill.ts";
import type { Chat } from "../chat/chat.ts";
import { useWording } from "../chat/wording.ts";
import { Icon } from "../ui/icon.tsx";
import { EmojiButton } from "./emoji-button.tsx";
import type { Staged, StagedFiles } from "./staged-files.tsx";
import { TalkSlot } from "./voice/slot.tsx";

/** The key code of a key that an input method consumed. Safari ends a composition before the Enter that ended it. */
const CONSUMED_BY_INPUT_METHOD = 229;

const nothing: Staged = { files: [], refused: [] };

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
  const input = useRef<HTMLInputElement>(null);
  const [staged, setStaged] = useState(nothing);
  /** What shows the chosen files: loaded with the first of them. */
  const [tray, setTray] = useState<{ Show: typeof StagedFiles } | "none" | "loading" | "failed">("none");
  const excess = text.length - messageLimit;
  const hasFiles = staged.files.length > 0;
  // A text waits for the files that were chosen with it.
  const sendable = (text.trim() !== "" || hasFiles) && excess <= 0 && tray !== "loading";

  function change(next: string): void {
    drafts.write(draft, next);
    setText(next);
    chat.press(next.trim() !== "");
  }

  function send(): void {
    if (sendable) {
      if (hasFiles) {
        void sendFiles();
      } else {
        chat.send(text);
      }
      drafts.write(draft, "");
      setText("");
    }
    field.current?.focus();
  }

  async function sendFiles(): Promise<void> {
    setStaged(nothing);
    try {
      await chat.sendFiles(text.trim(), staged.files);
    } catch {
      // What sends files could not be loaded: nothing is gone.
      setStaged(staged);
      change(text);
      setTray("failed");
    }
  }

  async function take(given: readonly File[]): Promise<void> {
    setTray((before) => (typeof before === "object" ? before : "loading"));
    try {
      const { stage, StagedFiles } = await import("./staged-files.tsx");
      setTray({ Show: StagedFiles });
      setStaged((before) => stage(before, given));
    } catch {
      setTray("failed");
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

  useEffect(() => {
    const chatWindow = field.current?.closest("main");
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes("Files")) {
        event.preventDefault();
      }
    };
    const drop = (event: DragEvent) => {
      over(event);
      void take([...(event.dataTransfer?.files ?? [])]);
    };
    chatWindow?.addEventListener("dragover", over);
    chatWindow?.addEventListener("drop", drop);
    return () => {
      chatWindow?.removeEventListener("dragover", over);
      chatWindow?.removeEventListener("drop", drop);
    };
  }, []);

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
      {tray === "failed" && (
        <p class="note bad" role="alert">
          {texts.fileFailed}
        </p>
      )}
      {typeof tray === "object" && <tray.Show staged={staged} onChange={setStaged} />}
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
          onPaste={(event) => {
            const pasted = event.clipboardData;
            // What is copied from a text program comes as words and as their picture: the words are meant.
            if (pasted && pasted.files.length > 0 && !pasted.types.includes("text/plain")) {
              event.preventDefault();
              void take([...pasted.files]);
            }
          }}
        />
        <input
          ref={input}
          type="file"
          multiple
          hidden
          aria-label={texts.attach}
          onChange={({ currentTarget }) => {
            void take([...(currentTarget.files ?? [])]);
            // The same file chosen again is a change too.
            currentTarget.value = "";
          }}
        />
        <button
          type="button"
          class="quiet"
          aria-label={texts.attach}
          title={texts.attach}
          onClick={() => input.current?.click()}
        >
          <Icon name="attach" />
        </button>
        <EmojiButton onPick={insert} />
        <TalkSlot chat={chat} open={open} />
        <button type="submit" class="send" disabled={!sendable} aria-label={texts.send} title={texts.send}>
          <Icon name="send" />
        </button>
      </div>
    </form>
  );
}
