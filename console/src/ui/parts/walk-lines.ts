import type { KeyboardEvent } from "react";

/** Lets the arrow keys, Home and End walk through the links or buttons of a list; Tab still does as well. */
export function walkLines(event: KeyboardEvent<HTMLElement>): void {
  const lines = [...event.currentTarget.querySelectorAll<HTMLElement>("a, button")];
  const { activeElement } = document;
  const place = activeElement instanceof HTMLElement ? lines.indexOf(activeElement) : -1;
  const next = placeAfter(event.key, place, lines.length);
  if (place >= 0 && next !== null) {
    event.preventDefault();
    lines[next]?.focus();
    lines[next]?.scrollIntoView({ block: "nearest" });
  }
}

/** Where this key leads from a place in a list of so many lines; null when it leads nowhere. */
export function placeAfter(key: string, place: number, count: number): number | null {
  switch (key) {
    case "ArrowDown":
      return Math.min(place + 1, count - 1);
    case "ArrowUp":
      return Math.max(place - 1, 0);
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}
