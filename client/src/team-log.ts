import type { DeliveryState, TeamEntry } from "@grata/contract/entries";
import type { Line } from "./connection.ts";
import { type ConversationLog, createConversationLog, isTeamEntry } from "./conversation-log.ts";
import { createPuller } from "./puller.ts";

export type TeamLog = ConversationLog<TeamEntry> & {
  /** Takes what became of messages on their way to the customer: in any order, early or twice. */
  takeDeliveries(states: readonly DeliveryState[]): void;
  /** Takes note that there have been so many changes of them, and asks for those that do not arrive by themselves. */
  noteDeliveries(version: number): void;
};

/**
 * The log of one conversation as the team sees it. What becomes of a message after it was stored changes its entry: such
 * changes are numbered, each entry carries the number of its last one, and the newest counts.
 */
export function createTeamLog({ conversationId, line }: { conversationId: string; line: Line }): TeamLog {
  const states = new Map<number, DeliveryState>();
  /** All changes up to this one are here; undefined while the log is not. */
  let held: number | undefined;
  /** Newest delivery change that the first page contains. */
  let loaded = 0;
  let known = 0;
  const early = new Set<number>();

  const log = createConversationLog<TeamEntry>({ conversationId, line, accepts: isTeamEntry, amend });
  const puller = createPuller({ line, ask, behind: () => held !== undefined && held < known, refused() {} });

  const unsubscribe = log.subscribe(() => {
    if (held === undefined && log.snapshot().state.kind === "ready") {
      advance(loaded);
      askIfBehind();
    }
  });

  function amend(entry: TeamEntry): TeamEntry {
    if (held === undefined) {
      loaded = Math.max(loaded, entry.deliveryVersion ?? 0);
    }
    const state = states.get(entry.seq);
    return state && state.deliveryVersion > (entry.deliveryVersion ?? 0)
      ? { ...entry, deliveryReason: undefined, ...state }
      : entry;
  }

  function advance(to: number): void {
    held = to;
    while (early.has(held + 1)) {
      held += 1;
    }
    for (const version of early) {
      if (version <= held) {
        early.delete(version);
      }
    }
  }

  function askIfBehind(): void {
    if (held !== undefined && held < known) {
      puller.soon();
    }
  }

  function takeDeliveries(arrived: readonly DeliveryState[], upTo = 0): void {
    for (const state of arrived) {
      early.add(state.deliveryVersion);
      known = Math.max(known, state.deliveryVersion);
      if (state.deliveryVersion > (states.get(state.seq)?.deliveryVersion ?? 0)) {
        states.set(state.seq, state);
      }
    }
    if (held !== undefined) {
      advance(Math.max(held, upTo));
      log.amendAll();
    }
    askIfBehind();
  }

  async function ask(): Promise<boolean> {
    const before = held ?? 0;
    const answer = await line.request("deliveries.after", { conversationId, after: before });
    takeDeliveries(answer.states, answer.version);
    return (held ?? 0) > before;
  }

  return {
    ...log,
    takeDeliveries: (arrived) => takeDeliveries(arrived),
    noteDeliveries(version) {
      known = Math.max(known, version);
      askIfBehind();
    },
    resync() {
      log.resync();
      // Of a chat that is over nobody tells how many changes there were.
      if (log.snapshot().entries.some(({ delivery }) => delivery === "pending")) {
        puller.now();
      }
      askIfBehind();
    },
    dispose() {
      unsubscribe();
      puller.stop();
      log.dispose();
    },
  };
}
