import { markSeen, seenEverySeconds } from "../domains/accounts/session.ts";
import { Refusal } from "../foundation/refusal/refusal.ts";
import type { Storage } from "../foundation/storage/storage.ts";
import type { Connected } from "./context.ts";

/**
 * Notes that a user does something over a socket, which is all that an agent's day may consist of: else their session
 * would end as unused, and they would count as not seen. Nobody waits for it. What a console asks by itself is no use.
 */
export function createUsed(storage: Storage, logFault: (error: unknown) => void): (by: Connected) => void {
  const notedAt = new WeakMap<Connected, number>();
  return (by) => {
    if (by.principal.kind !== "user") return;
    const now = performance.now();
    if (now - (notedAt.get(by) ?? Number.NEGATIVE_INFINITY) < seenEverySeconds * 1000) return;
    notedAt.set(by, now);
    markSeen(storage, by.principal).catch((error: unknown) => {
      // The next deed notes it.
      notedAt.delete(by);
      if (!(error instanceof Refusal)) logFault(error);
    });
  };
}
