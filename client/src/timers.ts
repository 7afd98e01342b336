/** Runs `action` once after `milliseconds`, unless the returned disposer is called first. */
export function after(milliseconds: number, action: () => void): () => void {
  const timer = setTimeout(action, milliseconds);
  return () => clearTimeout(timer);
}

/**
 * The pause before attempt `attempt` (counted from 0): doubles from `first` to `longest`, and is spread over its
 * upper half so that the clients of a restarted server do not all come back in the same instant.
 */
export function backoff(attempt: number, limits: { first: number; longest: number }): number {
  const full = Math.min(limits.longest, limits.first * 2 ** attempt);
  return full * (0.5 + Math.random() / 2);
}
