/** Runs `action` once after `milliseconds`, unless the returned disposer is called first. */
export function after(milliseconds: number, action: () => void): () => void {
  const timer = setTimeout(action, milliseconds);
  return () => clearTimeout(timer);
}

/**
 * The pause before attempt `attempt` (counted from 0): doubles from `first` to `longest`, and is spread over most of
 * that time so that the clients of a restarted server do not all come back in the same instant.
 */
export function backoff(attempt: number, limits: { first: number; longest: number }): number {
  const full = Math.min(limits.longest, limits.first * 2 ** attempt);
  return full * (0.2 + Math.random() * 0.8);
}

/** The pause, or the one that the server asked for, in seconds: up to half as long again, for the same reason. */
export function notBefore(pause: number, seconds = 0): number {
  return Math.max(pause, seconds * 1000 * (1 + Math.random() / 2));
}
