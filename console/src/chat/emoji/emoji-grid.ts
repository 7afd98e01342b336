/** Emoji in a row of the picker. */
export const COLUMNS = 8;

/** Where this key leads from a place among so many emoji; null when it leads nowhere. */
export function placeAfterKey(key: string, place: number, count: number): number | null {
  const wanted = wish(key, place, count);
  return wanted === null || count === 0 ? null : Math.min(Math.max(wanted, 0), count - 1);
}

function wish(key: string, place: number, count: number): number | null {
  switch (key) {
    case "ArrowRight":
      return place + 1;
    case "ArrowLeft":
      return place - 1;
    case "ArrowDown":
      return place + COLUMNS;
    case "ArrowUp":
      return place - COLUMNS;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}
