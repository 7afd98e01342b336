import { useEffect, useRef, useState } from "preact/hooks";
import { useWording } from "../chat/wording.ts";
import { Icon } from "../ui/icon.tsx";
import { useLate } from "../ui/use-late.ts";

const load = () => import("./emoji-picker.tsx");

/** Opens the emoji, which are loaded when somebody wants one. */
export function EmojiButton({ onPick }: { onPick: (emoji: string) => void }) {
  const { texts } = useWording();
  const [open, setOpen] = useState(false);
  const [picker, retry] = useLate(load, open);
  const place = useRef<HTMLDivElement>(null);

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
        onClick={() => setOpen(!open)}
      >
        <Icon name="smile" />
      </button>
      {open && (
        <div class="picker">
          {picker === "failed" ? (
            <p role="alert">
              <button type="button" onClick={retry}>
                {texts.partFailed}
              </button>
            </p>
          ) : picker === undefined ? (
            <p role="status">{texts.emojiLoading}</p>
          ) : (
            <picker.EmojiPicker
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
