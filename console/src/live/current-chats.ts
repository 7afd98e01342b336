import { createStore, type Observable } from "@grata/client/store";
import { after } from "@grata/client/timers";
import type { ListSnapshot, VersionedList } from "@grata/client/versioned-list";
import type { CurrentConversation } from "@grata/contract/conversations";

/** How long a claimed chat is shown before the list itself tells of it; news repair themselves in half of this. */
const PATIENCE = 10_000;

export type CurrentChats = Observable<ListSnapshot<CurrentConversation>> & {
  /** Shows a chat that was just claimed, until the list catches up with it. */
  expect(conversation: CurrentConversation): void;
  /** Asks for the whole list again. */
  resync(): void;
  dispose(): void;
};

/**
 * The agent's current chats. The answer to a claim and the list's own step arrive in any order; a chat is here from
 * whichever comes first.
 */
export function createCurrentChats(list: VersionedList<CurrentConversation>): CurrentChats {
  const expected = new Map<string, { conversation: CurrentConversation; cancel: () => void }>();
  const store = createStore(list.snapshot());

  function forget(id: string): void {
    expected.get(id)?.cancel();
    expected.delete(id);
  }

  function show(): void {
    const listed = list.snapshot();
    for (const { id } of listed.items) {
      forget(id);
    }
    const arriving = [...expected.values()].map(({ conversation }) => conversation);
    const total = listed.total + arriving.length;
    store.set(arriving.length === 0 ? listed : { ...listed, items: [...listed.items, ...arriving], total });
  }

  const unsubscribe = list.subscribe(show);

  return {
    snapshot: store.snapshot,
    subscribe: store.subscribe,
    resync: list.resync,
    expect(conversation) {
      forget(conversation.id);
      const cancel = after(PATIENCE, () => {
        forget(conversation.id);
        show();
      });
      expected.set(conversation.id, { conversation, cancel });
      show();
    },
    dispose() {
      unsubscribe();
      for (const id of [...expected.keys()]) {
        forget(id);
      }
    },
  };
}
