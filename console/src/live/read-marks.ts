import type { Line } from "@grata/client/connection";

/** Tells the server up to where the agent has read. */
export interface ReadMarks {
  /** The agent sees this conversation up to `seq`. Safe to call as often as one likes. */
  see(conversationId: string, seq: number): void;
}

/** What the server knows of one conversation, and what it should know. */
interface Mark {
  told: number;
  seen: number;
  telling: boolean;
}

/**
 * Sends one mark at a time for each conversation, and only the newest of those that gather meanwhile. A mark that
 * did not arrive is sent again when the agent next sees the conversation: nothing but a number is lost by waiting.
 */
export function createReadMarks(
  line: Line,
  onSeen: (conversationId: string, seq: number) => void,
): ReadMarks {
  const marks = new Map<string, Mark>();

  async function tell(conversationId: string, mark: Mark): Promise<void> {
    mark.telling = true;
    try {
      while (mark.seen > mark.told) {
        const { seen } = mark;
        await line.request("conversation.read", { conversationId, seq: seen });
        mark.told = seen;
      }
    } catch {
      // Left for the next call of `see`.
    } finally {
      mark.telling = false;
    }
  }

  return {
    see(conversationId, seq) {
      const mark = marks.get(conversationId) ?? { told: 0, seen: 0, telling: false };
      marks.set(conversationId, mark);
      mark.seen = Math.max(mark.seen, seq);
      onSeen(conversationId, seq);
      if (!mark.telling && mark.seen > mark.told && line.state === "open") {
        void tell(conversationId, mark);
      }
    },
  };
}
