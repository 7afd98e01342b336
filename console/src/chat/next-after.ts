/**
 * The chat to show when `gone` has left the list: the one that stood behind it, else the nearest before it; null when
 * none of them is left.
 */
export function nextAfter(before: readonly string[], now: readonly string[], gone: string): string | null {
  const place = before.indexOf(gone);
  const candidates = [...before.slice(place + 1), ...before.slice(0, Math.max(0, place)).reverse()];
  return candidates.find((id) => now.includes(id)) ?? now[0] ?? null;
}
