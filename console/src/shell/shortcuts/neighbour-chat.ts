/** The chat after or before the one on screen, around the ends; the first or the last when none is on screen. */
export function neighbourChat(
  ids: readonly string[],
  current: string | undefined,
  step: 1 | -1,
): string | undefined {
  const place = current === undefined ? -1 : ids.indexOf(current);
  if (place < 0) return step === 1 ? ids[0] : ids.at(-1);
  return ids.at((place + step) % ids.length);
}
