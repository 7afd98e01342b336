import { type RefObject, useEffect, useState } from "react";
import { type Slash, slashBefore } from "./slash.ts";

/** The slash that the writer is behind, while they are; null otherwise. `dismiss` lets the one there now stand as it is. */
export function useSlash(field: RefObject<HTMLTextAreaElement | null>): {
  slash: Slash | null;
  dismiss: () => void;
} {
  const [slash, setSlash] = useState<Slash | null>(null);
  const [dismissed, setDismissed] = useState<number | null>(null);

  useEffect(() => {
    const area = field.current;
    if (area === null) {
      return;
    }
    let composing = false;

    function look(): void {
      // What an input method still turns about is not written yet.
      if (area === null || composing) {
        return;
      }
      const here = document.activeElement === area && area.selectionStart === area.selectionEnd;
      const found = here ? slashBefore(area.value.slice(0, area.selectionStart)) : null;
      setSlash((before) => (before?.from === found?.from && before?.query === found?.query ? before : found));
      if (found === null) {
        setDismissed(null);
      }
    }

    const began = new AbortController();
    const { signal } = began;
    area.addEventListener("input", look, { signal });
    area.addEventListener("blur", look, { signal });
    area.addEventListener("compositionstart", () => (composing = true), { signal });
    area.addEventListener(
      "compositionend",
      () => {
        composing = false;
        look();
      },
      { signal },
    );
    document.addEventListener("selectionchange", look, { signal });
    return () => began.abort();
  }, [field]);

  return {
    slash: slash !== null && slash.from !== dismissed ? slash : null,
    dismiss() {
      const area = field.current;
      setDismissed((area && slashBefore(area.value.slice(0, area.selectionStart))?.from) ?? null);
    },
  };
}
