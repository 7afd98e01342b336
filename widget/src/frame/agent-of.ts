import type { ChatView } from "./chat.ts";

/** Who serves the chat, by the name that they have in it; undefined while nobody does. */
export function agentOf({ current, episodes }: Pick<ChatView, "current" | "episodes">): string | undefined {
  const entries = current === undefined ? [] : (episodes.at(-1)?.log.entries ?? []);
  const last = entries.findLast(
    ({ occurrence }) => occurrence.kind === "claimed" || (occurrence.kind === "hidden" && occurrence.queued),
  );
  return last?.author.name ?? undefined;
}

/** Whether somebody is there for this customer: whoever serves them, or else anybody of the team. */
export function isAnybodyThere(view: Pick<ChatView, "current" | "episodes" | "standing">): boolean {
  const { staffed, served } = view.standing;
  return agentOf(view) === undefined ? staffed && served !== false : served !== false;
}
