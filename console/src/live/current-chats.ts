import { createStore, type Observable } from "@grata/client/store";
import { after } from "@grata/client/timers";
import type { ListSnapshot, VersionedList } from "@grata/client/versioned-list";
import type { CurrentConversation } from "@grata/contract/conversations";
import type { TeamEntry } from "@grata/contract/entries";
import { type ChatActivity, createChatActivity } from "./chat-activity.ts";

/** How long a claimed chat is shown before the list itself tells of it; news repair themselves in half of this. */
const CLAIM_PATIENCE = 10_000;
/** How long what was said waits to arrive by itself before the list is asked for it. */
const GAP_PATIENCE = 300;

export type CurrentChats = Observable<ListSnapshot<CurrentConversation>> & {
  /** The chat as it is now, if it is one of the current ones. */
  find(conversationId: string): CurrentConversation | undefined;
  /** Shows a chat that was just claimed, until the list catches up with it. */
  expect(conversation: CurrentConversation): void;
  /** Takes what was said in a chat: in any order, early or twice. */
  take(conversationId: string, entries: readonly TeamEntry[]): void;
  /** Takes note that entries up to `head` exist, and asks for the list if they do not arrive. */
  noteHead(conversationId: string, head: number): void;
  /** Takes note that the agent has read a chat up to `seq`. */
  noteRead(conversationId: string, seq: number): void;
  /** Asks for the whole list again. */
  resync(): void;
  dispose(): void;
};

/**
 * The agent's current chats. The list's own steps tell only which they are; what was said in them is told by their
 * entries. The answer to a claim and the list's step arrive in any order: a chat is here from whichever comes first.
 */
export function createCurrentChats(
  list: Pick<VersionedList<CurrentConversation>, "snapshot" | "subscribe" | "resync">,
): CurrentChats {
  const expected = new Map<string, { conversation: CurrentConversation; cancel: () => void }>();
  const activities = new Map<string, ChatActivity>();
  const store = createStore(list.snapshot());
  let cancelRepair: (() => void) | undefined;

  function forget(id: string): void {
    expected.get(id)?.cancel();
    expected.delete(id);
  }

  function activityOf(base: CurrentConversation): ChatActivity {
    const held = activities.get(base.id);
    if (held === undefined) {
      const begun = createChatActivity(base);
      activities.set(base.id, begun);
      return begun;
    }
    if (held.base() !== base) {
      held.rebase(base);
    }
    return held;
  }

  function show(): void {
    const listed = list.snapshot();
    for (const { id } of listed.items) {
      forget(id);
    }
    const arriving = [...expected.values()].map(({ conversation }) => conversation);
    const bases = [...listed.items, ...arriving];
    const items = bases.map((base) => activityOf(base).line());
    const present = new Set(bases.map(({ id }) => id));
    for (const id of activities.keys()) {
      if (!present.has(id)) {
        activities.delete(id);
      }
    }
    store.set({ ...listed, items, total: listed.total + arriving.length });
    repairLater();
  }

  function repairLater(): void {
    if (cancelRepair !== undefined || !someBehind()) {
      return;
    }
    cancelRepair = after(GAP_PATIENCE, () => {
      cancelRepair = undefined;
      if (someBehind()) {
        list.resync();
      }
    });
  }

  function someBehind(): boolean {
    return [...activities.values()].some((activity) => activity.isBehind());
  }

  function change(id: string, action: (activity: ChatActivity) => void): void {
    const activity = activities.get(id);
    if (activity === undefined) {
      return;
    }
    const before = activity.line();
    action(activity);
    if (activity.line() === before) {
      repairLater();
    } else {
      show();
    }
  }

  const unsubscribe = list.subscribe(show);

  return {
    snapshot: store.snapshot,
    subscribe: store.subscribe,
    resync: list.resync,
    find: (id) => activities.get(id)?.line(),
    take: (id, entries) => change(id, (activity) => activity.take(entries)),
    noteHead: (id, head) => change(id, (activity) => activity.noteHead(head)),
    noteRead: (id, seq) => change(id, (activity) => activity.noteRead(seq)),
    expect(conversation) {
      forget(conversation.id);
      const cancel = after(CLAIM_PATIENCE, () => {
        forget(conversation.id);
        show();
      });
      expected.set(conversation.id, { conversation, cancel });
      show();
    },
    dispose() {
      unsubscribe();
      cancelRepair?.();
      for (const id of [...expected.keys()]) {
        forget(id);
      }
    },
  };
}
