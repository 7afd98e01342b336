import type { Language } from "@grata/contract/languages";
import type { Colleague } from "./team.ts";

const rank = { online: 0, paused: 1, offline: 2 } as const;

/** Whoever is there comes first, and of each kind by name as the reader's language sorts it. */
export function inTeamOrder(users: readonly Colleague[], language: Language): Colleague[] {
  const { compare } = new Intl.Collator(language);
  return users.toSorted(
    (left, right) => rank[left.presence] - rank[right.presence] || compare(left.name, right.name),
  );
}
