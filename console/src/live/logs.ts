import type { Line } from "@grata/client/connection";
import { createTeamLog, type TeamLog } from "@grata/client/team-log";
import type { TeamEntry } from "@grata/contract/entries";

export type { TeamLog };

/** Logs of the conversations that somebody has looked at. */
export interface Logs {
  /** The log of this conversation; made, and asked for, when it is not held. */
  open(conversationId: string): TeamLog;
  /** The log of this conversation if it is held. */
  find(conversationId: string): TeamLog | undefined;
  /**
   * Asks the log that was opened last, and those that never had their first answer, for what they miss. The others
   * hear of it by their heads, or when they are opened again: two hundred questions at once would be a storm after each
   * restart of the server.
   */
  resync(): void;
  dispose(): void;
}

/** Keeps the logs that were opened last, and lets go of the one that nobody opened for the longest time. */
export function createLogs(options: {
  line: Line;
  limit: number;
  onChange: (conversationId: string, log: TeamLog) => void;
}): Logs {
  const { line, limit, onChange } = options;
  // A Map keeps the order of insertion: the first is the one that was opened least recently.
  const held = new Map<string, TeamLog>();
  const unasked = new Set<TeamLog>();

  function create(conversationId: string): TeamLog {
    const log = createTeamLog({ conversationId, line });
    log.subscribe(() => onChange(conversationId, log));
    return log;
  }

  function letGo(): void {
    const [oldest] = held;
    if (oldest !== undefined && held.size > limit) {
      const [conversationId, log] = oldest;
      held.delete(conversationId);
      unasked.delete(log);
      log.dispose();
    }
  }

  return {
    open(conversationId) {
      const log = held.get(conversationId) ?? create(conversationId);
      held.delete(conversationId);
      held.set(conversationId, log);
      if (unasked.delete(log)) {
        log.resync();
      }
      letGo();
      return log;
    },
    find: (conversationId) => held.get(conversationId),
    resync() {
      const newest = [...held.values()].at(-1);
      for (const log of held.values()) {
        if (log === newest || log.snapshot().state.kind !== "ready") {
          log.resync();
        } else {
          unasked.add(log);
        }
      }
    },
    dispose() {
      for (const log of held.values()) {
        log.dispose();
      }
    },
  };
}

/** The entries of a log after `seq`: a log has no gap, so their place is known. */
export function entriesAfter(entries: readonly TeamEntry[], seq: number): readonly TeamEntry[] {
  const count = (entries.at(-1)?.seq ?? 0) - seq;
  return count > 0 ? entries.slice(-count) : [];
}
