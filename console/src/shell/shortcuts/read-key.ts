import type { Key } from "./list.ts";

/** What of a keyboard event tells which key it was. */
export type Pressed = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

const arrows: Record<string, string> = { ArrowUp: "alt+up", ArrowDown: "alt+down" };

/**
 * The key as the list of shortcuts spells it; null for one that is none of ours. Letters go by what stands on the key,
 * and where that is no Latin letter by the place of the key: a shortcut works with a Russian keyboard too.
 */
export function readKey(pressed: Pressed, apple: boolean): Key | null {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = pressed;
  const mod = apple ? metaKey && !ctrlKey : ctrlKey && !metaKey;
  const letter = letterOf(pressed);
  if (altKey) return ctrlKey || metaKey || shiftKey ? null : (arrows[key] ?? null);
  if (ctrlKey || metaKey) return mod && !shiftKey && letter !== null ? `mod+${letter}` : null;
  if (key === "?") return "?";
  if (letter === null) return null;
  return shiftKey ? `shift+${letter}` : letter;
}

function letterOf({ key, code }: Pressed): string | null {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  // Cyrillic, Greek and the like; never a sign that stands on a letter's place.
  return /^\p{Letter}$/u.test(key) && /^Key[A-Z]$/.test(code) ? code.slice(3).toLowerCase() : null;
}

/** True on a Mac, an iPad or an iPhone: their keys have other names. */
export const isApple = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");
