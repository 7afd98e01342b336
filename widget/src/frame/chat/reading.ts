import type { Line } from "@grata/client/dial";
import type { CustomerConversation } from "@grata/contract/conversations";
import type { CustomerEntry } from "@grata/contract/entries";
import type { Episode } from "./dialogue.ts";

export type Reading = {
  /** Takes what the server knows: how far the visitor had read before. */
  take(conversation: CustomerConversation): void;
  /** What is in the window, and whether somebody can see it. What is seen is read, and the server is told. */
  look(episode: Episode | undefined, visible: boolean): void;
  /** How many messages of the team came after the last one that was read. */
  unread(episode: Episode | undefined): number;
};

/** How far the visitor has read each conversation. */
export function createReading(line: Line): Reading {
  const seen = new Map<string, number>();

  function tell(conversationId: string, seq: number): void {
    // Not repeated: after a reconnect `take` finds the server behind and tells it again.
    line.request("conversation.read", { conversationId, seq }).catch(() => {});
  }

  return {
    take({ id, read }) {
      const own = seen.get(id) ?? 0;
      seen.set(id, Math.max(own, read));
      if (own > read) {
        tell(id, own);
      }
    },
    look(episode, visible) {
      const last = episode?.log.entries.at(-1)?.seq ?? 0;
      if (episode && visible && last > (seen.get(episode.conversationId) ?? 0)) {
        seen.set(episode.conversationId, last);
        tell(episode.conversationId, last);
      }
    },
    unread(episode) {
      const read = episode ? (seen.get(episode.conversationId) ?? 0) : 0;
      return episode?.log.entries.filter((entry) => entry.seq > read && isFromTeam(entry)).length ?? 0;
    },
  };
}

function isFromTeam({ occurrence, author }: CustomerEntry): boolean {
  return occurrence.kind === "message" && (author.kind === "user" || author.kind === "bot");
}
