import { expect, test } from "vitest";
import { isSingle, shortcutOf, shortcuts } from "./list.ts";
import { type Pressed, readKey } from "./read-key.ts";

const press = (key: string, rest: Partial<Pressed> = {}): Pressed => ({
  key,
  code: "",
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...rest,
});

test("C10: a letter counts as it stands on the key, in either case, and with Shift as another one", () => {
  expect(readKey(press("n"), false)).toBe("n");
  // Caps Lock.
  expect(readKey(press("N"), false)).toBe("n");
  expect(readKey(press("X", { shiftKey: true }), false)).toBe("shift+x");
  expect(readKey(press("?", { shiftKey: true }), false)).toBe("?");
  expect(readKey(press("?"), false)).toBe("?");
});

test("C10: with another alphabet the place of the key counts", () => {
  expect(readKey(press("т", { code: "KeyN" }), false)).toBe("n");
  expect(readKey(press("л", { code: "KeyK", ctrlKey: true }), false)).toBe("mod+k");
  expect(readKey(press("/", { code: "KeyQ" }), false)).toBeNull();
});

test("C10: Ctrl and Command are the same key on their own systems, and no key on the other one", () => {
  expect(readKey(press("k", { ctrlKey: true }), false)).toBe("mod+k");
  expect(readKey(press("k", { metaKey: true }), true)).toBe("mod+k");
  expect(readKey(press("k", { metaKey: true }), false)).toBeNull();
  expect(readKey(press("k", { ctrlKey: true }), true)).toBeNull();
});

test("C10: the browser's and the screen reader's own combinations are left alone", () => {
  for (const rest of [
    { ctrlKey: true, shiftKey: true },
    { ctrlKey: true, altKey: true },
    { ctrlKey: true, metaKey: true },
  ]) {
    expect(readKey(press("k", rest), false)).toBeNull();
    expect(readKey(press("k", rest), true)).toBeNull();
  }
  expect(readKey(press("n", { altKey: true }), false)).toBeNull();
  expect(readKey(press("ArrowDown", { altKey: true, ctrlKey: true }), true)).toBeNull();
  for (const key of ["Enter", "Escape", "Tab", " ", "ArrowDown", "Process", "Dead"]) {
    expect(readKey(press(key), false)).toBeNull();
  }
});

test("C10: no key leads to two things, and what takes a chat away is no bare letter", () => {
  const keys = shortcuts.flatMap((shortcut) => shortcut.keys);
  expect(new Set(keys).size).toBe(keys.length);
  expect(shortcutOf("alt+down")).toBe("following");
  expect(shortcutOf("x")).toBeUndefined();
  expect(shortcutOf("b")).toBeUndefined();
});

test("C10: what works with Ctrl, Command or Alt is no single key", () => {
  expect(["mod+k", "alt+up"].map(isSingle)).toEqual([false, false]);
  expect(["n", "?", "shift+x"].map(isSingle)).toEqual([true, true, true]);
});
