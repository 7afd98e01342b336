import { nameIn } from "@grata/client/shown-name";
import type { CustomerEntry } from "@grata/contract/entries";
import type { ChatView } from "./chat.ts";

type Author = CustomerEntry["author"];

/** Returns the agent who serves the chat; undefined while none does. */
export function agentOf({ current, episodes }: Pick<ChatView, "current" | "episodes">): Author | undefined {
  const entries = current === undefined ? [] : (episodes.at(-1)?.log.entries ?? []);
  const last = entries.findLast(
    ({ occurrence }) => occurrence.kind === "claimed" || (occurrence.kind === "hidden" && occurrence.queued),
  );
  return last?.author.name == null ? undefined : last.author;
}

/** Tells whether the customer's agent is there or, if no agent serves them, anyone of the team. */
export function isAnybodyThere(view: Pick<ChatView, "current" | "episodes" | "standing">): boolean {
  const { staffed, served } = view.standing;
  return agentOf(view) === undefined ? staffed && served !== false : served !== false;
}

/** Returns what an author is called, and the line below, for a reader of this language. */
export function seenAs(
  { name, names = [] }: Author,
  language: string,
): { name: string | null; line?: string } {
  return nameIn(names, language) ?? { name };
}
