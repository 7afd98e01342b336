import type { ChatView } from "./chat.ts";

/** Returns the name of the agent who serves the chat; undefined while none does. */
export function agentOf({ current, episodes }: Pick<ChatView, "current" | "episodes">): string | undefined {
  const entries = current === undefined ? [] : (episodes.at(-1)?.log.entries ?? []);
  const last = entries.findLast(
    ({ occurrence }) => occurrence.kind === "claimed" || (occurrence.kind === "hidden" && occurrence.queued),
  );
  return last?.author.name ?? undefined;
}

/** Tells whether the customer's agent is there or, if no agent serves them, anyone of the team. */
export function isAnybodyThere(view: Pick<ChatView, "current" | "episodes" | "standing">): boolean {
  const { staffed, served } = view.standing;
  return agentOf(view) === undefined ? staffed && served !== false : served !== false;
}
