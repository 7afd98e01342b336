import type { FunctionComponent } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "./icon.tsx";
import { useWording } from "./wording.ts";

type Picker = FunctionComponent<{ onPick: (emoji: string) => void }>;

/** Opens the emoji, which are loaded when somebody wants one. */
export function EmojiButton({ onPick }: { onPick: (emoji: string) => void }) {
  const { texts } = useWording();
  const [open, setOpen] = useState(false);
  const [picker, setPicker] = useState<{ Show: Picker } | "loading" | "failed">("loading");
  const place = useRef<HTMLDivElement>(null);

  async function load(): Promise<void> {
    try {
      const { EmojiPicker } = await import("./emoji-picker.tsx");
      setPicker({ Show: EmojiPicker });
    } catch {
      setPicker("failed");
    }
  }

  useEffect(() => {
    if (!open) {
      return;
    }
    const leave = ({ target }: Event) => {
      if (target instanceof Node && !place.current?.contains(target)) {
        setOpen(false);
      }
    };
    const closeFirst = (event: KeyboardEvent) => {
      if (event.key === "Escape") {
        // The window stays: only what was opened last is closed.
        event.preventDefault();
        setOpen(false);
        place.current?.querySelector("button")?.focus();
      }
    };
    document.addEventListener("pointerdown", leave);
    document.addEventListener("keydown", closeFirst, true);
    return () => {
      document.removeEventListener("pointerdown", leave);
      document.removeEventListener("keydown", closeFirst, true);
    };
  }, [open]);

  return (
    <div class="emoji" ref={place}>
      <button
        type="button"
        class="quiet"
        aria-label={texts.emoji}
        title={texts.emoji}
        aria-expanded={open}
        onClick={() => {
          setOpen(!open);
          if (typeof picker === "string") {
            void load();
          }
        }}
      >
        <Icon name="smile" />
      </button>
      {open && (
        <div class="picker">
          {typeof picker === "string" ? (
            <p role="status">{picker === "loading" ? texts.emojiLoading : texts.emojiFailed}</p>
          ) : (
            <picker.Show
              onPick={(emoji) => {
                setOpen(false);
                onPick(emoji);
              }}
            />
          )}
        </div>
      )}
    </div>
  );
}
