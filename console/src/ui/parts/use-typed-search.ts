import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";

const RESTS_AFTER = 250;

/**
 * The text of a search field whose search stands in the address of the page. What is typed is looked for when the typing
 * rests. The address follows a moment later: until then what was typed stays, and typing goes on. A search that came
 * from elsewhere, such as the button that clears it, is what stands in the field.
 */
export function useTypedSearch(current: string, onLook: (words: string) => void) {
  const [typed, setTyped] = useState({ text: current, from: current, to: current, arrives: false });
  if (typed.arrives && current === typed.to) {
    setTyped({ ...typed, arrives: false });
  }
  const holds = current === typed.to || (typed.arrives && current === typed.from);
  const look = useDebouncedCallback((text: string) => {
    const words = text.trim();
    setTyped({ text, from: current, to: words, arrives: words !== current });
    onLook(words);
  }, RESTS_AFTER);
  return {
    text: holds ? typed.text : current,
    type(text: string): void {
      setTyped(holds ? { ...typed, text } : { text, from: current, to: current, arrives: false });
      look(text);
    },
    /** Whoever leaves the field for a link must not be called back by a search that comes late. */
    leave: () => look.flush(),
  };
}
