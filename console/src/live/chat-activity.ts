import { lastWords } from "@grata/client/last-words";
import type { CurrentConversation } from "@grata/contract/conversations";
import type { TeamEntry } from "@grata/contract/entries";

/** How many entries are kept in case that the server's next line is older than they. */
const KEPT = 100;

/** One current chat as it is now: the server's line, and what was said after the server wrote it. */
export interface ChatActivity {
  /** The line to show: the same object until something about it changes. */
  line(): CurrentConversation;
  /** Whether entries exist that neither the server's line nor what arrived since tells of. */
  isBehind(): boolean;
  /** Takes entries that arrived: in any order, early or twice. */
  take(entries: readonly TeamEntry[]): void;
  /** Takes note that entries up to `head` exist. */
  noteHead(head: number): void;
  /** Takes note that the agent has read up to `seq`. */
  noteRead(seq: number): void;
  /** Takes a new line of the server, which may be older than what arrived meanwhile. */
  rebase(base: CurrentConversation): void;
  /** The server's line that this stands on. */
  base(): CurrentConversation;
}

/** Follows a chat from the line that the server told: messages are no steps of the list, so that they stay cheap. */
export function createChatActivity(first: CurrentConversation): ChatActivity {
  const arrived = new Map<number, TeamEntry>();
  let base = first;
  let line = first;
  let known = first.head;
  let read = first.read;

  function countUnread(): number {
    const before = read >= base.head ? 0 : base.unread;
    let after = 0;
    for (let seq = Math.max(base.head, read) + 1; seq <= line.head; seq += 1) {
      const entry = arrived.get(seq);
      if (entry !== undefined && isOfCustomer(entry)) {
        after += 1;
      }
    }
    return before + after;
  }

  /** Moves the line on by every entry that follows it without a gap. */
  function advance(): void {
    let next = line;
    for (let entry = arrived.get(next.head + 1); entry !== undefined; entry = arrived.get(next.head + 1)) {
      next = afterEntry(next, entry);
    }
    line = next;
    known = Math.max(known, line.head);
    const unread = countUnread();
    if (unread !== line.unread || read !== line.read) {
      line = { ...line, unread, read };
    }
  }

  return {
    line: () => line,
    base: () => base,
    isBehind: () => line.head < known,
    take(entries) {
      for (const entry of entries) {
        if (entry.seq > line.head) {
          arrived.set(entry.seq, entry);
          known = Math.max(known, entry.seq);
        }
      }
      advance();
    },
    noteHead(head) {
      known = Math.max(known, head);
    },
    noteRead(seq) {
      read = Math.max(read, seq);
      advance();
      // What is read and shown is needed no more, but for a few that a server's older line may not know yet.
      for (const held of arrived.keys()) {
        if (held <= Math.min(read, line.head - KEPT)) {
          arrived.delete(held);
        }
      }
    },
    rebase(next) {
      base = next;
      line = next;
      read = Math.max(read, next.read);
      for (const seq of arrived.keys()) {
        if (seq <= base.head) {
          arrived.delete(seq);
        }
      }
      advance();
    },
  };
}

function isOfCustomer(entry: TeamEntry): boolean {
  return entry.occurrence.kind === "message" && entry.author.kind === "customer";
}

function afterEntry(line: CurrentConversation, entry: TeamEntry): CurrentConversation {
  const last = lastWords([entry]);
  if (last === undefined) {
    return { ...line, head: entry.seq };
  }
  return {
    ...line,
    head: entry.seq,
    last,
    unansweredSince: unansweredAfter(line, entry),
  };
}

function unansweredAfter(line: CurrentConversation, { author, at }: TeamEntry): number | null {
  switch (author.kind) {
    case "customer":
      return line.unansweredSince ?? at;
    case "user":
      return null;
    case "bot":
    case "system":
      return line.unansweredSince;
  }
}
