/** What a key leads to. */
export type ShortcutName =
  | "commands"
  | "help"
  | "pause"
  | "next"
  | "waitList"
  | "following"
  | "previous"
  | "undo"
  | "composer"
  | "details"
  | "release"
  | "close";

type Group = "everywhere" | "chats" | "chat";

/** As `readKey` spells it: a letter or sign alone, or with `shift+`, `alt+` or `mod+`, which is Ctrl or Command. */
export type Key = string;

/**
 * Every shortcut. A key that works alone or with Shift is one that somebody may turn off (WCAG 2.1.4) and that never
 * works while they write. What takes a chat away needs Shift: one slip does not cost a customer their agent.
 */
export const shortcuts: readonly { name: ShortcutName; group: Group; keys: readonly Key[] }[] = [
  { name: "commands", group: "everywhere", keys: ["mod+k"] },
  { name: "help", group: "everywhere", keys: ["?"] },
  { name: "pause", group: "everywhere", keys: ["p"] },
  { name: "next", group: "chats", keys: ["n"] },
  { name: "waitList", group: "chats", keys: ["w"] },
  { name: "following", group: "chats", keys: ["j", "alt+down"] },
  { name: "previous", group: "chats", keys: ["k", "alt+up"] },
  { name: "undo", group: "chats", keys: ["z", "mod+z"] },
  { name: "composer", group: "chat", keys: ["m"] },
  { name: "details", group: "chat", keys: ["d"] },
  { name: "release", group: "chat", keys: ["shift+b"] },
  { name: "close", group: "chat", keys: ["shift+x"] },
];

/** Whether a key has neither Ctrl, Command nor Alt. */
export function isSingle(key: Key): boolean {
  return !key.startsWith("mod+") && !key.startsWith("alt+");
}

/** What this key leads to, if anything. */
export function shortcutOf(key: Key): ShortcutName | undefined {
  return shortcuts.find(({ keys }) => keys.includes(key))?.name;
}
